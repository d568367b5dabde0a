package dev.slipway.sigil;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.sigil.command.SigilCommand;
import dev.slipway.sigil.command.SigilCommand.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command: flags, variables, files, exit codes and streams. */
final class CommandTest {
    private static final String USAGE_END = "  -v, --version                 prints version\n";

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin", "FROM", "outside"));

    private record Run(int exit, String output, String errors) {
        static Run good(String output) {
            return new Run(0, output, "");
        }

        static Run failed(String errors) {
            return new Run(1, "", errors);
        }
    }

    private Run sigil(String... words) {
        return sigilWith("", words);
    }

    private Run sigilWith(String input, String... words) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Streams streams = new Streams(
                Tables.input(input),
                new PrintStream(output, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        int exit = new SigilCommand(directory, environment, streams).run(List.of(words));
        return new Run(exit, output.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private void write(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    @BeforeEach
    void files() throws IOException {
        write("t.sigil", "Hi {{ $a }}\n");
        write("sub/outer.sigil", "outer {{ include \"inner.sigil\" \"b=2\" }}");
        write("sub/inner.sigil", "inner {{ $b }}{{ $a }}");
    }

    @Test
    void aTemplateComesFromAFileAnInlineTextOrTheStandardInput() {
        assertThat(sigil("-f", "t.sigil", "a=é")).isEqualTo(Run.good("Hi é\n"));
        assertThat(sigil("-i", "{{ .a }}", "a=1")).isEqualTo(Run.good("1"));
        assertThat(sigilWith("in {{ $a }}", "a=1")).isEqualTo(Run.good("in 1"));
        assertThat(sigil("-i", "x", "-f", "t.sigil", "a=file")).isEqualTo(Run.good("Hi file\n"));
        assertThat(sigilWith("in", "-f", "")).isEqualTo(Run.good("in"));
    }

    @Test
    void flagsStandAnywhereAndInEveryForm() {
        assertThat(sigil("a=1", "-i", "{{ $a }}")).isEqualTo(Run.good("1"));
        assertThat(sigil("--inline={{ $a }}", "a=1")).isEqualTo(Run.good("1"));
        assertThat(sigil("--inline", "{{ $a }}", "a=1")).isEqualTo(Run.good("1"));
        assertThat(sigil("-i={{ $a }}", "a=1")).isEqualTo(Run.good("1"));
        assertThat(sigil("-i{{ $a }}", "a=1")).isEqualTo(Run.good("1"));
        assertThat(sigil("-pi", "$a", "a=1")).isEqualTo(Run.good("1"));
        assertThat(sigil("-i", "{{ $a }}", "--", "a=1", "-i")).isEqualTo(Run.good("1"));
        assertThat(sigil("-i", "$a", "--posix=false", "a=1")).isEqualTo(Run.good("$a"));
        assertThat(sigil("-v")).isEqualTo(Run.good("0.12.1\n"));
    }

    @Test
    void aCommandLineThatCannotBeReadIsExplained() {
        assertThat(sigil("-x").errors())
                .startsWith("Usage of sigil:\n")
                .endsWith(USAGE_END + "unknown shorthand flag: 'x' in -x\n");
        assertThat(sigil("--nope")).extracting(Run::exit, Run::output).containsExactly(2, "");
        assertThat(sigil("--nope").errors()).endsWith("\nunknown flag: --nope\n");
        assertThat(sigil("-i").errors()).endsWith("\nflag needs an argument: 'i' in -i\n");
        assertThat(sigil("--filename").errors()).endsWith("\nflag needs an argument: --filename\n");
        assertThat(sigil("--=x").errors()).endsWith("\nbad flag syntax: --=x\n");
        assertThat(sigil("--posix=7").errors())
                .endsWith(
                        "invalid argument \"7\" for \"-p, --posix\" flag: strconv.ParseBool: parsing \"7\": invalid syntax\n");
        assertThat(sigil("-h"))
                .extracting(Run::exit, Run::errors)
                .containsExactly(0, sigil("-h").errors());
        assertThat(sigil("-h").errors()).endsWith(USAGE_END);
    }

    @Test
    void aTemplateThatFailsEndsWithOneAndTheMessage() {
        assertThat(sigil("-i", "{{ nope }}"))
                .isEqualTo(Run.failed("template: <inline>:1: function \"nope\" not defined\n"));
        assertThat(sigilWith("\n{{ nope }}"))
                .isEqualTo(Run.failed("template: <stdin>:2: function \"nope\" not defined\n"));
        assertThat(sigil("-f", "none.sigil")).isEqualTo(Run.failed("open none.sigil: no such file or directory\n"));
        assertThat(sigil("-f", "sub")).isEqualTo(Run.failed("read sub: is a directory\n"));
        assertThat(sigil("-i", "x", "=v")).isEqualTo(Run.failed("setenv: invalid argument\n"));
    }

    @Test
    void inPlaceWritesTheFileAndPrintsNothing() throws IOException {
        assertThat(sigil("--in-place", "-f", "t.sigil", "a=1")).isEqualTo(Run.good(""));
        assertThat(directory.resolve("t.sigil")).hasContent("Hi 1\n");
        assertThat(sigil("--in-place", "-i", "x")).isEqualTo(Run.failed("--in-place requires -f/--filename\n"));
    }

    @Test
    void variablesComeFromFilesAndArgumentsTheLastWins() throws IOException {
        write("v.json", "{\"a\":\"json\",\"m\":{\"k\":[1]}}");
        write("v.yml", "a: yaml\nm:\n  2: two\n");
        write("v.env", "# c\nexport a=\"env\"\nq='$a'\nU=x # y\nr=\"${U}-$U\"\n");
        String shown = "{{ $a }} {{ .m }}";
        assertThat(sigil("-V", "v.json", "-i", shown)).isEqualTo(Run.good("json map[k:[1]]"));
        assertThat(sigil("-V", "v.yml", "-i", shown)).isEqualTo(Run.good("yaml map[2:two]"));
        assertThat(sigil("-V", "v.json", "--vars-file", "v.yml", "-i", shown, "a=arg"))
                .isEqualTo(Run.good("arg map[2:two]"));
        assertThat(sigil("-V", "v.env", "-i", "{{ $a }} {{ $q }} {{ $U }} {{ $r }}"))
                .isEqualTo(Run.good("env $a x x-x"));
    }

    @Test
    void aFileOfVariablesThatCannotBeReadIsNamed() throws IOException {
        write("l.json", "[1]");
        write("b.yaml", "x: 1\na: b: c");
        write("l.yaml", "- a");
        write("b.env", "a b-c=1");
        assertThat(sigil("-V", "none.json", "-i", "x"))
                .isEqualTo(
                        Run.failed("failed to read vars file none.json: open none.json: no such file or directory\n"));
        assertThat(sigil("-V", "l.json", "-i", "x"))
                .isEqualTo(
                        Run.failed(
                                "failed to parse JSON vars file l.json: json: cannot unmarshal array into Go value of type map[string]interface {}\n"));
        assertThat(sigil("-V", "b.yaml", "-i", "x"))
                .isEqualTo(
                        Run.failed(
                                "failed to parse YAML vars file b.yaml: yaml: line 2: mapping values are not allowed in this context\n"));
        assertThat(sigil("-V", "l.yaml", "-i", "x"))
                .isEqualTo(Run.failed("YAML vars file l.yaml must contain a mapping at top level\n"));
        assertThat(sigil("-V", "b.env", "-i", "x").errors()).contains("unexpected character \"-\" in variable name");
    }

    @Test
    void delimitersComeFromTheEnvironment() {
        environment.put("SIGIL_DELIMS", "<%,%>");
        assertThat(sigil("-i", "<% $a \\%>\n<% .a %> {{ $a }}", "a=1")).isEqualTo(Run.good("11 {{ $a }}"));
        environment.put("SIGIL_DELIMS", "<%");
        assertThat(sigil("-i", "x").exit()).isEqualTo(2);
    }

    @Test
    void posixParametersAreExpandedFirst() {
        assertThat(sigil("-p", "-i", "$a ${a} ${b:-d} ${b-e} ${#a} ${FROM}", "a=one"))
                .isEqualTo(Run.good("one one d e 3 outside"));
        assertThat(sigil("-p", "-i", "${a:+yes}|${b:=set} $b \\$a", "a=1")).isEqualTo(Run.good("yes|set set $a"));
        assertThat(sigil("-p", "-i", "${b:-${a}}${b:-'q'}", "a=1")).isEqualTo(Run.good("1q"));
        assertThat(sigil("-p", "-i", "${b:+x} all of this is lost")).isEqualTo(Run.good(""));
        assertThat(sigil("-p", "-i", "${b:?}")).isEqualTo(Run.failed("b: parameter null or not set\n"));
        assertThat(sigil("-p", "-i", "${b:?say why}")).isEqualTo(Run.failed("say why\n"));
        assertThat(sigil("-p", "-i", "${b")).isEqualTo(Run.failed("unexpected EOF while looking for matching `}'\n"));
    }

    @Test
    void filesAreFoundInTheWorkingDirectoryAndAlongThePath() {
        assertThat(sigil("-f", "sub/outer.sigil", "a=1")).isEqualTo(Run.good("outer inner 2<no value>"));
        assertThat(sigil("-i", "{{ exists \"inner.sigil\" }} {{ exists \"t.sigil\" }}"))
                .isEqualTo(Run.good("false true"));
        environment.put("SIGIL_PATH", "none:sub");
        assertThat(sigil("-i", "{{ text \"inner.sigil\" }}")).isEqualTo(Run.good("inner {{ $b }}{{ $a }}"));
        assertThat(sigil("-i", "{{ file \"zz\" }}").errors())
                .endsWith("error calling file: Not found in path: zz [none sub]\n");
        assertThat(sigil("-i", "{{ dir \".\" }} {{ dirs \".\" }} {{ files \"sub\" }}"))
                .isEqualTo(Run.good("[sub t.sigil] [sub] [inner.sigil outer.sigil]"));
    }

    @Test
    void aNameThatCannotBeLookedAtCountsAsAFileUntilItIsRead() throws IOException {
        Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertThat(sigil("-i", "{{ exists \"loop\" }} {{ exists \"a\\x00b\" }}"))
                .isEqualTo(Run.good("true true"));
        assertThat(sigil("-i", "{{ file \"loop\" }}").errors()).endsWith("loop: too many levels of symbolic links\n");
        assertThat(sigil("-i", "{{ text \"/a\\x00b\" }}").errors()).endsWith("open /a\0b: invalid argument\n");
        assertThat(sigil("-i", "{{ dir \"a\\x00b\" }}").errors()).endsWith("open a\0b: invalid argument\n");
    }

    @Test
    void programsRunWithTheVariablesInTheirEnvironment() {
        assertThat(sigil("-i", "{{ sh \"printenv a\" }}", "a=1")).isEqualTo(Run.good("1\n"));
        assertThat(sigil("-i", "{{ sh \"echo 'a  b' c\\\\ d \\\"e\\\" # f\" }}"))
                .isEqualTo(Run.good("a  b c d e\n"));
        assertThat(sigil("-i", "{{ sh \"false\" }}").errors()).endsWith("error calling sh: exit status 1\n");
        assertThat(sigil("-i", "{{ sh \"no-such-program\" }}").errors())
                .endsWith("error calling sh: exec: \"no-such-program\": executable file not found in $PATH\n");
        assertThat(sigil("-i", "{{ sh \"a\\x00\\tb\" }}").errors())
                .endsWith("error calling sh: exec: \"a\\x00\": executable file not found in $PATH\n");
        assertThat(sigil("-i", "{{ sh \"./t.sigil\" }}").errors()).endsWith("exec: \"./t.sigil\": permission denied\n");
        assertThat(sigil("-i", "{{ sh \"echo 'a\" }}").errors()).contains("EOF found when expecting closing quote");
    }

    @Test
    void aPageIsFetched() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/x";
        try {
            assertThat(sigil("-i", "{{ (httpget .u | json).a }}", "u=" + address))
                    .isEqualTo(Run.good("1"));
        } finally {
            server.stop(0);
        }
        assertThat(sigil("-i", "{{ httpget .u }}", "u=" + address).errors()).endsWith("connect: connection refused\n");
        assertThat(sigil("-i", "{{ httpget \"nope\" }}").errors())
                .endsWith("Get \"nope\": unsupported protocol scheme \"\"\n");
    }
}
