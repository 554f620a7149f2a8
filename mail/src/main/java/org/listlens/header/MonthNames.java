package org.listlens.header;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Names of months as mailers write them in some twenty languages, in full and abbreviated. */
final class MonthNames {
    private static final Map<String, Integer> MONTHS = months();

    private MonthNames() {}

    /** The month, 1 to 12, that a part of a text names in whatever case; 0 when it names none. */
    static int monthOf(CharSequence text, int from, int to) {
        int length = to - from;
        if (length == 3) {
            int english = english(text, from);
            if (english >= 0) {
                return english;
            }
        }
        if (length < 2 || length > 12) {
            return 0;
        }
        Integer named = MONTHS.get(text.subSequence(from, to).toString().toLowerCase(Locale.ROOT));
        return named == null ? 0 : named;
    }

    /** The month that three letters name in English, in whatever case; 0 for a day of the week, -1 for anything else. */
    static int english(CharSequence text, int from) {
        int key =
                (text.charAt(from) | 0x20) << 16 | (text.charAt(from + 1) | 0x20) << 8 | (text.charAt(from + 2) | 0x20);
        return switch (key) {
            case 'j' << 16 | 'a' << 8 | 'n' -> 1;
            case 'f' << 16 | 'e' << 8 | 'b' -> 2;
            case 'm' << 16 | 'a' << 8 | 'r' -> 3;
            case 'a' << 16 | 'p' << 8 | 'r' -> 4;
            case 'm' << 16 | 'a' << 8 | 'y' -> 5;
            case 'j' << 16 | 'u' << 8 | 'n' -> 6;
            case 'j' << 16 | 'u' << 8 | 'l' -> 7;
            case 'a' << 16 | 'u' << 8 | 'g' -> 8;
            case 's' << 16 | 'e' << 8 | 'p' -> 9;
            case 'o' << 16 | 'c' << 8 | 't' -> 10;
            case 'n' << 16 | 'o' << 8 | 'v' -> 11;
            case 'd' << 16 | 'e' << 8 | 'c' -> 12;
            // The days, so that the usual date never comes to the table.
            case 'm' << 16 | 'o' << 8 | 'n',
                    't' << 16 | 'u' << 8 | 'e',
                    'w' << 16 | 'e' << 8 | 'd',
                    't' << 16 | 'h' << 8 | 'u',
                    'f' << 16 | 'r' << 8 | 'i',
                    's' << 16 | 'a' << 8 | 't',
                    's' << 16 | 'u' << 8 | 'n' -> 0;
            default -> -1;
        };
    }

    /**
     * Names of months in lower case. Where languages disagree (Croatian {@code lis} and {@code srp}), the larger one is
     * meant.
     */
    private static Map<String, Integer> months() {
        String[] names = {
            // en, de, fr, es, it, pt, nl; sv, da, nb; fi; pl; cs; hu; ro; tr; ca; ru; uk
            "january januar jän jänner jaenner janv janvier ene enero gen gennaio janeiro januari tammi tammikuu"
                    + " tammikuuta sty stycznia styczeń led ledna leden január ian ianuarie oca ocak gener янв января"
                    + " январь січ січня",
            "february februar feber févr fevr fév fev février fevrier febrero febbraio fevereiro februari helmi"
                    + " helmikuu helmikuuta lut luty lutego úno února únor febr február februarie şub şubat febrer фев"
                    + " февр февраля февраль лют лютого",
            "march mär mrz märz maerz mars marzo março marco mrt maart marts maalis maaliskuu maaliskuuta marca"
                    + " marzec bře března březen márc március martie mart març мар мрт марта март бер березня",
            "april avr avril abr abril aprile huhti huhtikuu huhtikuuta kwi kwietnia kwiecień dub dubna duben ápr"
                    + " április aprilie nis nisan апр апреля апрель кві квітня",
            "mai mayo mag maggio maio mei maj touko toukokuu toukokuuta maja kvě května květen máj május mayıs maig"
                    + " май мая тра травня",
            "june juni juin junio giu giugno junho kesä kesäkuu kesäkuuta cze czerwca czerwiec čer června červen jún"
                    + " június iun iunie haz haziran juny июн июня июнь чер червня",
            "july juli juil juillet julio lug luglio julho heinä heinäkuu heinäkuuta lip lipca lipiec čec čvc července"
                    + " červenec júl július iul iulie tem temmuz juliol июл июля июль лип липня",
            "august août aout ago agosto augustus augusti elo elokuu elokuuta sie sierpnia sierpień srp srpna srpen"
                    + " augusztus ağu ağustos agost авг августа август сер серпня",
            "sept september septembre set setiembre septiembre settembre setembro syys syyskuu syyskuuta wrz"
                    + " września wrzesień zář září szept szeptember septembrie eyl eylül setembre сен сент сентября"
                    + " сентябрь вер вересня",
            "october okt oktober octobre octubre ott ottobre out outubro loka lokakuu lokakuuta paź października"
                    + " październik říj října říjen október octombrie eki ekim окт октября октябрь жов жовтня",
            "november novembre noviembre novembro marras marraskuu marraskuuta lis listopada listopad listopadu"
                    + " noi noiembrie kas kasım ноя нояб ноября ноябрь листопада",
            "december dez dezember déc décembre decembre dic diciembre dicembre dezembro des desember joulu joulukuu"
                    + " joulukuuta gru grudnia grudzień pro prosince prosinec decembrie ara aralık desembre дек"
                    + " декабря декабрь гру грудня"
        };
        Map<String, Integer> months = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            for (String name : names[i].split(" ", -1)) {
                months.put(name, i + 1);
            }
        }
        return Map.copyOf(months);
    }
}
