package dev.slipway.proxy.nginx.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** nginx's search: http://nginx.org/en/docs/http/ngx_http_core_module.html#location. */
class LocationChoiceTest {

    private static final List<Statement> SERVER = Text.statements("""
            location / { }
            location = / { }
            location /docs/ { }
            location ^~ /images/ { }
            location ~* \\.(gif|jpg)$ { }
            location ~ \\.PHP$ { }
            location =/joined { }
            location ~*joined { }
            location @named { }
            location /app/ { proxy_pass http://x;
              location /app/deep { }
              location ~ /deep/.*\\.css$ { }
            }
            location ^~ /kept/ {
              location ~ \\.gif$ { }
            }
            location ~ ^/regex/ { location /regex/in { } }
            location /é { }
            """);

    @ParameterizedTest
    @CsvSource({
        "/, = /, exact path",
        "/index.html, /, 'the only prefix that matches, and no regex of 4 does'",
        "/docs/a, /docs/, 'longest of 2 prefixes that match, and no regex of 4 does'",
        "/docs/1.GIF, ~* \\.(gif|jpg)$, 'first regex that matches, preferred to prefix /docs/'",
        "/images/1.gif, ^~ /images/, 'longest of 2 prefixes that match, and ^~ keeps regexes out'",
        "/a.php, /, 'the only prefix that matches, and no regex of 4 does'",
        "/a.PHP, ~ \\.PHP$, 'first regex that matches, preferred to prefix /'",
        "/joined, =/joined, exact path",
        "/JOINED, ~*joined, 'first regex that matches, preferred to prefix /'",
        "/@named, /, 'the only prefix that matches, and no regex of 4 does'",
        "/app/x, /app/, 'longest of 2 prefixes that match, and no regex of 4 does'",
        "/app/deeper, /app/deep, 'the only prefix that matches, and no regex of 1 does'",
        "/app/deep/a.css, ~ /deep/.*\\.css$, 'first regex that matches, preferred to prefix /app/deep'",
        "/app/deep/a.gif, ~* \\.(gif|jpg)$, 'first regex that matches, preferred to prefix /app/deep'",
        "/kept/a.gif, ~ \\.gif$, 'first regex that matches, preferred to prefix /kept/'",
        "/kept/a.jpg, ^~ /kept/, 'longest of 2 prefixes that match, and ^~ keeps regexes out'",
        "/regex/x, ~ ^/regex/, 'first regex that matches, preferred to prefix /'",
        "/regex/inside, /regex/in, 'the only prefix that matches'",
        "/app, /app/, the path lacks the slash at its end",
        "/docs, /, 'the only prefix that matches, and no regex of 4 does'",
    })
    void theLocationAndTheReason(String path, String location, String why) {
        LocationChoice choice = LocationChoice.choose(SERVER, path);

        assertThat(choice.location().orElseThrow().text()).isEqualTo(location);
        assertThat(choice.why()).isEqualTo(why);
        assertThat(choice.slash()).isEqualTo(path.equals("/app"));
    }

    @Test
    void pathsAreComparedByteForByte() {
        String path = RequestPath.normalize("/%C3%A9t%C3%A9", true).orElseThrow();

        assertThat(LocationChoice.choose(SERVER, path).location().orElseThrow().text())
                .isEqualTo("/é");
    }

    @Test
    void theSlashIsOnlyAddedWhereNothingIsCalledSo() {
        List<Statement> both = Text.statements("location /a { } location /a/ { proxy_pass http://x; }");

        assertThat(LocationChoice.choose(both, "/a").slash()).isFalse();
    }

    @Test
    void whatNoLocationMatchesHasNone() {
        assertThat(LocationChoice.choose(Text.statements("location /a { }"), "/b")
                        .location())
                .isEmpty();
    }

    @Test
    void regexesThatCannotBeJudgedAreDoubts() {
        List<Statement> odd =
                Text.statements("location ~ (?P<x>a) { } location ~ ^/((a|aa)+)\\1\\1c$ { } location / { }");
        LocationChoice choice = LocationChoice.choose(odd, "/" + "a".repeat(60) + "b");

        assertThat(choice.location().orElseThrow().text()).isEqualTo("/");
        assertThat(choice.doubts()).extracting(Location::text).containsExactly("~ (?P<x>a)", "~ ^/((a|aa)+)\\1\\1c$");
    }
}
