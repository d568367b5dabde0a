package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuildpacksCommandsTest extends AtDesk {

    private static final String NODE = "https://github.com/heroku/heroku-buildpack-nodejs.git";
    private static final String RUBY = "https://github.com/heroku/heroku-buildpack-ruby.git";
    private static final String GO = "https://github.com/heroku/heroku-buildpack-go.git";

    @BeforeEach
    void open() {
        desk.ok("apps:create", "shop");
    }

    private String list() {
        return desk.ok("--quiet", "buildpacks:list", "shop")
                .replace("       ", "")
                .replace("\n", " ")
                .strip();
    }

    @Test
    void buildpacksAreAddedAtTheirPlaces() {
        assertThat(desk.run("buildpacks:add", "shop", "heroku/nodejs")).isEqualTo(new Result(0, "", ""));
        desk.ok("buildpacks:add", "shop", "heroku/ruby");
        desk.ok("buildpacks:add", "--index", "1", "shop", "heroku/go");
        desk.ok("buildpacks:add", "--index", "2", "shop", "./packs/mine");
        desk.ok("buildpacks:add", "--index", "100", "shop", "heroku-community/apt");
        assertThat(desk.ok("buildpacks:list", "shop")).isEqualTo("""
                -----> shop buildpack urls
                       https://github.com/heroku/heroku-buildpack-go.git
                       ./packs/mine
                       https://github.com/heroku/heroku-buildpack-nodejs.git
                       https://github.com/heroku/heroku-buildpack-ruby.git
                       https://github.com/heroku/heroku-buildpack-apt.git
                """);
        assertThat(desk.run("buildpacks:add", "shop", NODE).err())
                .isEqualTo(" !     Buildpack " + NODE + " is one of shop already\n");
        assertThat(desk.run("buildpacks:add", "--index", "0", "shop", "heroku/php")
                        .err())
                .isEqualTo(" !     Invalid value for --index: 0: write a whole number from 1 on\n");
        assertThat(desk.ok("buildpacks:clear", "shop")).isEmpty();
        assertThat(list()).isEmpty();
    }

    @Test
    void aPlaceIsTakenByAnother() {
        desk.ok("buildpacks:set", "shop", "heroku/nodejs");
        desk.ok("buildpacks:set", "shop", "heroku/ruby");
        assertThat(list()).isEqualTo(RUBY);
        desk.ok("buildpacks:set", "--index", "2", "shop", "heroku/go");
        desk.ok("buildpacks:set", "--index", "9", "shop", "https://git.example.com/us/pack@v2");
        assertThat(list()).isEqualTo(RUBY + " " + GO + " https://git.example.com/us/pack#v2");
    }

    @Test
    void buildpacksAreRemovedByNameAndByIndex() {
        assertThat(desk.run("buildpacks:remove", "shop", "heroku/nodejs").err())
                .isEqualTo(" !     No buildpacks were found, next release on shop will detect buildpack normally\n");
        desk.ok("buildpacks:add", "shop", "heroku/nodejs");
        desk.ok("buildpacks:add", "shop", "heroku/ruby");
        assertThat(desk.ok("buildpacks:remove", "shop", "heroku/nodejs")).isEqualTo("-----> Removing " + NODE + "\n");
        assertThat(desk.run("buildpacks:remove", "shop", "heroku/php").err())
                .isEqualTo(" !     Buildpack https://github.com/heroku/heroku-buildpack-php.git is not one of shop: "
                        + RUBY + "\n");
        assertThat(desk.run("buildpacks:remove", "shop", "--index", "2").err())
                .isEqualTo(" !     Index not found: shop has 1 buildpack\n");
        assertThat(desk.run("buildpacks:remove", "shop", "--index", "1", "heroku/ruby")
                        .err())
                .isEqualTo(" !     Please choose either index or Buildpack, but not both\n");
        assertThat(desk.run("buildpacks:remove", "shop").err())
                .isEqualTo(" !     Must specify a buildpack to remove, either by index or URL\n");
        desk.ok("buildpacks:remove", "shop", "--index", "1");
        assertThat(list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nodejs",
                "/nodejs",
                "http://nodejs",
                "file:///etc",
                "ext::sh -c id",
                "https://user:secret@example.com/x",
                "ssh://-oProxyCommand=id/x",
                "git@example.com:-x",
                "https://example.com/x#-f",
                "https://example.com/x#a..b",
                "./../up",
                "./",
                "./a/.git",
                "https://example.com/x y",
                "https://example.com/$(id)",
                "a;b",
                "slipway/ruby",
                "https://example.com/x\nhttps://example.com/y",
                "git@[example.com]:x"
            })
    void whatIsNoBuildpackIsRefusedAndChangesNothing(String hostile) {
        Result refused = desk.run("buildpacks:add", "shop", hostile);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith(" !     Invalid buildpack specified: ")
                .doesNotContain("\nhttps");
        assertThat(desk.run("buildpacks:set", "shop", hostile).exitCode()).isEqualTo(1);
        assertThat(list()).isEmpty();
    }

    @Test
    void aVeryLongWordIsRefusedShortly() {
        Result refused = desk.run("buildpacks:add", "shop", "https://example.com" + "/a".repeat(500_000));
        assertThat(refused.err())
                .startsWith(" !     Invalid buildpack specified: https://example.com/a/a")
                .hasSizeLessThan(500);
    }

    @Test
    void aWordThatBeginsLikeAFlagIsOne() {
        assertThat(desk.run("buildpacks:add", "shop", "--upload-pack=id").err())
                .startsWith(" !     Unknown flag --upload-pack");
        assertThat(desk.run("buildpacks:add", "shop", "--", "--upload-pack=id").err())
                .startsWith(" !     Invalid buildpack specified: --upload-pack=id");
        assertThat(desk.run("buildpacks:add", "shop").err()).isEqualTo(" !     Must specify a buildpack to add\n");
        assertThat(desk.run("buildpacks:add", "nosuch", "heroku/nodejs").exitCode())
                .isEqualTo(20);
    }

    @Test
    void theReportListsThemAndTheStackIsTheMachine() {
        desk.ok("buildpacks:set", "shop", "heroku/nodejs");
        desk.ok("buildpacks:set", "--index", "2", "shop", "ssh://git@example.com/us/pack.git#main");
        assertThat(desk.run("buildpacks:set-property", "shop", "stack", "gliderlabs/herokuish:latest")
                        .err())
                .startsWith(" !     There are no stack images here");
        assertThat(desk.ok("buildpacks:set-property", "--global", "stack", "host"))
                .isEqualTo("=====> Setting stack to host\n");
        assertThat(desk.ok("buildpacks:report", "shop")).isEqualTo("""
                =====> shop buildpacks information
                       Buildpacks computed stack:     host
                       Buildpacks global stack:       host
                       Buildpacks list:               https://github.com/heroku/heroku-buildpack-nodejs.git,ssh://git@example.com/us/pack.git#main
                       Buildpacks stack:
                """);
        assertThat(desk.run("buildpacks:set-property", "shop", "colour", "red").err())
                .isEqualTo(" !     Invalid property specified, valid properties include: stack\n");
    }

    @Test
    void commandsComeBeforeTheFileAndThatBeforeAppJson() {
        Map<String, String> appJson =
                Map.of("Procfile", "web: serve\n", "app.json", "{\"buildpacks\": [{\"url\": \"heroku/python\"}]}");
        desk.deploy("shop", appJson);
        assertThat(desk.built().getLast()).endsWith(" with https://github.com/heroku/heroku-buildpack-python.git");
        Map<String, String> file = Map.of(
                "Procfile", "web: serve\n",
                "app.json", "{\"buildpacks\": [{\"url\": \"heroku/python\"}]}",
                ".buildpacks", "# ours\n\nheroku/nodejs\n./packs/mine\n");
        desk.deploy("shop", file);
        assertThat(desk.built().getLast()).endsWith(" with " + NODE + " with ./packs/mine");
        desk.ok("buildpacks:set", "shop", "slipway/procfile");
        desk.deploy("shop", file);
        assertThat(desk.built().getLast()).endsWith(" with slipway/procfile").doesNotContain("nodejs");
        desk.ok("config:set", "--no-restart", "shop", "BUILDPACK_URL=heroku/go");
        desk.deploy("shop", file);
        assertThat(desk.built().getLast()).endsWith(" with " + GO).doesNotContain("procfile");
        desk.ok("config:set", "--no-restart", "shop", "BUILDPACK_URL=nonsense");
        assertThat(desk.deploy("shop", file).err()).startsWith("BUILDPACK_URL: Invalid buildpack specified: nonsense");
    }

    @Test
    void whatFilesNameWronglyIsToldWithItsLine() {
        assertThat(desk.deploy("shop", Map.of("Procfile", "web: serve\n", ".buildpacks", "heroku/nodejs\n../../x\n"))
                        .err())
                .startsWith(".buildpacks:2: Invalid buildpack specified: ../../x");
        assertThat(desk.deploy(
                                "shop",
                                Map.of(
                                        "Procfile",
                                        "web: serve\n",
                                        "app.json",
                                        "{\"buildpacks\": [\n{\"url\": \"x\"}]}"))
                        .err())
                .startsWith("app.json:2: Invalid buildpack specified: x");
        assertThat(desk.deploy("shop", Map.of("Procfile", "web: serve\n", "app.json", "{\"buildpacks\": [\n{}]}"))
                        .err())
                .startsWith("app.json:2: a buildpack needs a url");
    }
}
