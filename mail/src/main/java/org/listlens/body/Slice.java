package org.listlens.body;

/** Some of the octets of an array, which stays as it is. */
record Slice(byte[] bytes, int offset, int length) {}
