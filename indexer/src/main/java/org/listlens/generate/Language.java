package org.listlens.generate;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A language that people write in: the charset that its mail programs used before UTF-8, names, sentences, and how such
 * a program says who is quoted.
 */
@SuppressWarnings("ImmutableEnumChecker") // Lists made by List.of.
enum Language {
    ENGLISH(
            "UTF-8",
            List.of("Alice", "Edmund", "Maud", "Walter", "Hazel", "Rupert", "Ivy", "Cecil"),
            List.of("Thornbury", "Millward", "Fenwick", "Ashcombe", "Larkin", "Tilsley"),
            "Re: ",
            List.of(
                    "The second bearing runs warm after an hour.",
                    "I measured it twice and got the same number.",
                    "Could you try with the shorter cable first?",
                    "From what I can see the counter wraps at midnight.",
                    "That matches what I saw last winter.",
                    "We should not change the default without a note in the manual.",
                    "The old value was never right to begin with.",
                    "I have put the drawings on the shelf in the workshop.",
                    "From here on the log is empty.",
                    "Nobody has asked for this, as far as I know.",
                    "It works for me with the spare part.",
                    "Please send the whole log and not only the last lines.",
                    "I would rather keep the two cases apart.",
                    "The test passes on three of the four machines.",
                    "Let us talk about it on Thursday.",
                    "This is the part that I do not understand.")),
    GERMAN(
            "windows-1252",
            List.of("Jörg", "Käthe", "Günther", "Annelie", "Björn", "Mathilde"),
            List.of("Müllersbach", "Weißdorn", "Körnle", "Oberhölzer", "Lüdecken"),
            "AW: ",
            List.of(
                    "Das sieht für mich vernünftig aus.",
                    "Könntest du bitte noch einmal messen?",
                    "Die Völker sind gut über den Winter gekommen.",
                    "Ich glaube, dass die Lösung einfacher ist.",
                    "Bei uns blüht die Linde erst nächste Woche.")),
    FRENCH(
            "windows-1252",
            List.of("Éloïse", "Gaël", "Thérèse", "Benoît", "Zoé"),
            List.of("Lefèvrier", "Châtelmont", "Grandpré", "Bellefontaine"),
            "RE: ",
            List.of(
                    "La légende de la carte est à moitié effacée.",
                    "J’ai trouvé la même échelle dans l’atlas.",
                    "Pourrais-tu vérifier la date à l’encre rouge ?",
                    "C’est peut-être une copie plus récente.",
                    "Le relevé a été fait après la crue.")),
    SPANISH(
            "windows-1252",
            List.of("Íñigo", "Begoña", "Nicolás", "Inés"),
            List.of("Peñalver", "Montañés", "Arroyal", "Güemes"),
            "Re: ",
            List.of(
                    "El mapa está más dañado de lo que pensábamos.",
                    "¿Alguien tiene una fotografía mejor?",
                    "La línea de la costa no coincide.",
                    "Mañana envío las medidas.")),
    ITALIAN(
            "windows-1252",
            List.of("Niccolò", "Giosuè", "Fiammetta"),
            List.of("Cantalupo", "Dell’Orto", "Brusati"),
            "R: ",
            List.of(
                    "Perché non proviamo con la carta più spessa?",
                    "La qualità della stampa è già buona.",
                    "Così non si può più leggere la scala.")),
    POLISH(
            "UTF-8",
            List.of("Łucja", "Zbigniew", "Światosława"),
            List.of("Wróbelski", "Gęsiorek", "Ożarowicz"),
            "Odp: ",
            List.of(
                    "Wydaje mi się, że to już działa.",
                    "Proszę sprawdzić jeszcze raz przewód zasilający.",
                    "Łożysko trzeba będzie wymienić w maju.")),
    CZECH(
            "UTF-8",
            List.of("Jiřina", "Přemysl", "Zdeněk"),
            List.of("Hořínek", "Třeštíková", "Šťovíček"),
            "Re: ",
            List.of(
                    "Zítra to zkusím na druhém stroji.",
                    "Měření vychází stále stejně.",
                    "Příští týden pošlu nový výkres.")),
    SWEDISH(
            "windows-1252",
            List.of("Åsa", "Torbjörn", "Märta"),
            List.of("Sjöblad", "Ängström-Lind", "Hedåker"),
            "SV: ",
            List.of("Det går bra på min maskin också.", "Kan du skicka hela loggen?", "Vi får vänta tills våren.")),
    RUSSIAN(
            "KOI8-R",
            List.of("Аглая", "Тихон", "Варвара", "Прохор"),
            List.of("Березин", "Заозёрный", "Ключевской", "Полянкина"),
            "Re: ",
            List.of(
                    "Стрелка переводится слишком медленно.",
                    "У меня тот же результат после замены.",
                    "Можно ли увидеть чертёж целиком?",
                    "Колея на повороте чуть шире.",
                    "Думаю, дело в старом проводе.")),
    JAPANESE(
            "ISO-2022-JP",
            List.of("花子", "太郎丸", "さくら", "健之助"),
            List.of("架空田", "文字沢", "紙川", "墨野"),
            "Re: ",
            List.of(
                    "昨日の試作は少し線が太すぎました。",
                    "この部分の間隔をもう一度確認してください。",
                    "印刷した見本を来週送ります。",
                    "小さい文字では読みにくいと思います。",
                    "ありがとうございます。")),
    CHINESE(
            "GB18030",
            List.of("晓云", "竹青", "墨林"),
            List.of("织", "柳", "梅"),
            "回复: ",
            List.of("我认为这个方法可以简化。", "请再测试一次新的版本。", "昨天的结果和预期不一样。", "下周我会更新文档。")),
    KOREAN(
            "UTF-8",
            List.of("가온", "다솜", "한별"),
            List.of("글샘", "먹물", "종이"),
            "Re: ",
            List.of("어제 보낸 견본을 확인했습니다.", "글자 사이가 조금 넓어 보입니다.", "다음 주에 다시 시험하겠습니다.")),
    GREEK(
            "UTF-8",
            List.of("Θάλεια", "Αρίστος"),
            List.of("Πλατανιώτης", "Θαλασσινού"),
            "Απ: ",
            List.of("Η μέτρηση βγήκε ίδια.", "Θα το δοκιμάσω αύριο.", "Το σχέδιο είναι στο ράφι.")),
    ARABIC(
            "UTF-8",
            List.of("نورس", "ريحان"),
            List.of("الوراق", "النساج"),
            "رد: ",
            List.of("سأجرب ذلك غدا.", "النتيجة هي نفسها عندي."));

    private final String legacyCharset;
    private final List<String> givenNames;
    private final List<String> familyNames;
    private final String replyPrefix;
    private final List<String> sentences;

    Language(
            String legacyCharset,
            List<String> givenNames,
            List<String> familyNames,
            String replyPrefix,
            List<String> sentences) {
        this.legacyCharset = legacyCharset;
        this.givenNames = givenNames;
        this.familyNames = familyNames;
        this.replyPrefix = replyPrefix;
        this.sentences = sentences;
    }

    String legacyCharset() {
        return legacyCharset;
    }

    List<String> sentences() {
        return sentences;
    }

    /** What a mail program in this language puts before the subject of a reply. */
    String replyPrefix() {
        return replyPrefix;
    }

    /** A name of a person; family name first where that is usual. */
    String name(Prng random) {
        String given = random.pick(givenNames);
        String family = random.pick(familyNames);
        return switch (this) {
            case JAPANESE -> family + ' ' + given;
            case CHINESE, KOREAN -> family + given;
            default -> given + ' ' + family;
        };
    }

    /** Whether words are set apart by blanks, so that lines break at them. */
    boolean spaced() {
        return this != JAPANESE && this != CHINESE;
    }

    /** The line that tells whom the quote below it is by. */
    String attribution(String name, String address, LocalDateTime time) {
        int y = time.getYear();
        int m = time.getMonthValue();
        int d = time.getDayOfMonth();
        String yy = Dates.two(y % 100);
        String dd = Dates.two(d);
        String mm = Dates.two(m);
        String clock = Dates.two(time.getHour()) + ':' + Dates.two(time.getMinute());
        return switch (this) {
            case ENGLISH ->
                "On " + Dates.day(time) + ", " + Dates.month(time) + ' ' + d + ", " + y + " at " + clock + ' ' + name
                        + " <" + address + "> wrote:";
            case GERMAN -> "Am " + dd + '.' + mm + '.' + yy + " um " + clock + " schrieb " + name + ':';
            case FRENCH -> "Le " + dd + '/' + mm + '/' + y + " à " + clock + ", " + name + " a écrit :";
            case SPANISH -> "El " + d + '/' + m + '/' + yy + " a las " + clock + ", " + name + " escribió:";
            case ITALIAN -> "Il " + dd + '/' + mm + '/' + yy + ' ' + clock + ", " + name + " ha scritto:";
            case POLISH -> "W dniu " + dd + '.' + mm + '.' + y + " o " + clock + ", " + name + " pisze:";
            case CZECH -> "Dne " + dd + ". " + mm + ". " + yy + " v " + clock + ' ' + name + " napsal(a):";
            case SWEDISH -> "Den " + y + '-' + mm + '-' + dd + " kl. " + clock + ", skrev " + name + ':';
            case RUSSIAN -> dd + '.' + mm + '.' + y + ' ' + clock + ", " + name + " пишет:";
            case JAPANESE -> "On " + y + '/' + mm + '/' + dd + ' ' + clock + ", " + name + " wrote:";
            case CHINESE -> "在 " + y + '/' + m + '/' + d + ' ' + clock + ", " + name + " 写道:";
            case KOREAN -> y + ". " + m + ". " + d + ". " + clock + "에 " + name + " 이(가) 쓴 글:";
            case GREEK -> "Στις " + dd + '/' + mm + '/' + y + " " + clock + ", ο/η " + name + " έγραψε:";
            case ARABIC ->
                "On " + Dates.day(time) + ", " + d + ' ' + Dates.month(time) + ' ' + y + " at " + clock + ", " + name
                        + " wrote:";
        };
    }
}
