package dev.slipway.e2e;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of transcripts for what differs from run to run: put into answers, and read again in what is typed. */
final class Wording {

    /** Names that a server makes up, each to be typed later by its word: the last that was answered is meant. */
    private static final Map<String, Pattern> MADE_UP = Map.of(
            "RUN", Pattern.compile("(?<=\\brun\\.)[1-9][0-9]{3,4}\\b"),
            "BUILD", Pattern.compile("(?<![\\w.-])m[0-9a-z]{13}\\b"),
            "CID", Pattern.compile("(?<=CID: )[0-9a-f]{11,12}\\b"));

    /** What transcripts call ports that they have an app listen on, and that some other program may have. */
    private static final List<Integer> EXTRA = List.of(8080, 8081, 8082, 8083, 8084, 8085);

    private final Platform platform;
    private final List<Integer> extra;
    private final Map<String, String> last = new LinkedHashMap<>();

    Wording(Platform platform) {
        this.platform = platform;
        this.extra = freePorts();
    }

    /** As long as those of the transcripts, since tables are as wide as what is in them, in their order, and none that they name. */
    private static List<Integer> freePorts() {
        return ThreadLocalRandom.current()
                .ints(8100, 9000)
                .distinct()
                .filter(Platform::isFree)
                .limit(EXTRA.size())
                .sorted()
                .boxed()
                .toList();
    }

    /** What is typed, with this run's own names in the place of the words. */
    String real(String line) {
        String typed = line.replace("DATA", platform.data().toString())
                .replace("WORK", platform.work().toString())
                .replace("127.0.0.1:22", "127.0.0.1:" + platform.sshPort());
        for (int i = 0; i < EXTRA.size(); i++) {
            typed = port(typed, EXTRA.get(i), extra.get(i).toString());
        }
        for (var name : last.entrySet()) {
            typed = typed.replaceAll("\\b" + name.getKey() + "\\b", name.getValue());
        }
        return typed;
    }

    /** What is answered, with words in the place of this run's own names. */
    String normal(String answer) {
        String text = answer.isEmpty() || answer.endsWith("\n") ? answer : answer + "\n";
        String named = text.replace("\r\n", "\n")
                .replace(platform.data().toString(), "DATA")
                .replace(platform.work().toString(), "WORK");
        named = port(named, platform.httpPort(), "80");
        named = port(named, platform.httpsPort(), "443");
        named = port(named, platform.sshPort(), "22");
        for (int i = 0; i < EXTRA.size(); i++) {
            named = port(named, extra.get(i), EXTRA.get(i).toString());
        }
        for (var madeUp : MADE_UP.entrySet()) {
            Matcher matcher = madeUp.getValue().matcher(named);
            matcher.results().forEach(found -> last.put(madeUp.getKey(), found.group()));
            named = matcher.replaceAll(madeUp.getKey());
        }
        return named.replaceAll("(http://[a-z.-]+):80\\b", "$1")
                .replaceAll("(https://[a-z.-]+):443\\b", "$1")
                .replaceAll("(?m)[ \\t]+$", "")
                .replaceAll("\\b[0-9a-f]{40}\\b", "SHA")
                .replaceAll("\\b1[6-9][0-9]{8}\\b", "TIME")
                .replaceAll("\\b10\\.\\d+\\.\\d+\\.\\d+\\b", "ADDRESS")
                .replaceAll("\\b[A-Z][a-z]{2} [ \\d]\\d \\d\\d:\\d\\d:\\d\\d 20\\d\\d GMT\\b", "DATE")
                .replaceAll(
                        "\\b20\\d\\d-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z| [+-]\\d{4}( UTC)?)", "INSTANT");
    }

    private static String port(String text, int port, String word) {
        return Pattern.compile("(?<![0-9])" + port + "(?![0-9])").matcher(text).replaceAll(word);
    }
}
