package org.listlens.alert;

import java.util.List;

/**
 * A list that the index has mail of.
 *
 * @param id its List-Id
 * @param posts the addresses to post to, in lower case
 */
public record KnownList(String id, List<String> posts) {
    public KnownList {
        posts = List.copyOf(posts);
    }
}
