package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderCommandsTest extends AtDesk {

    @BeforeEach
    void open() {
        desk.ok("apps:create", "shop");
    }

    @Test
    void theReportTellsWhatHoldsForTheAppAndForAll() {
        desk.ok("builder:set", "--global", "skip-cleanup", "true");
        assertThat(desk.run("builder:set", "shop", "build-dir", "services/web"))
                .isEqualTo(new Result(0, "=====> Setting build-dir to services/web\n", ""));
        desk.ok("builder:set", "shop", "selected", "buildpacks");
        assertThat(desk.ok("builder:report", "shop")).isEqualTo("""
                =====> shop builder information
                       Builder build dir:             services/web
                       Builder computed build dir:    services/web
                       Builder computed selected:     buildpacks
                       Builder computed skip cleanup: true
                       Builder detected:
                       Builder global build dir:
                       Builder global selected:
                       Builder global skip cleanup:   true
                       Builder selected:              buildpacks
                       Builder skip cleanup:
                """);
        assertThat(desk.ok("builder:report", "shop", "--builder-build-dir")).isEqualTo("services/web\n");
        assertThat(desk.ok("builder:set", "shop", "build-dir")).isEqualTo("=====> Unsetting build-dir\n");
        assertThat(desk.ok("builder:report", "--global", "--format", "json"))
                .as("as Dokku 0.38 has them: with the noun, and without")
                .isEqualTo("{\"builder-computed-build-dir\":\"\",\"builder-computed-selected\":\"\","
                        + "\"builder-computed-skip-cleanup\":\"true\",\"builder-global-build-dir\":\"\","
                        + "\"builder-global-selected\":\"\",\"builder-global-skip-cleanup\":\"true\","
                        + "\"computed-build-dir\":\"\",\"computed-selected\":\"\",\"computed-skip-cleanup\":\"true\","
                        + "\"global-build-dir\":\"\",\"global-selected\":\"\",\"global-skip-cleanup\":\"true\"}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../x", "a/../b", "/etc", "a//b", ".git", "a/.git/b", "a b", "a;b", "$(id)", "a\nb", "a/"})
    void aDirectoryThatLeadsOutOrIsNoneIsRefused(String hostile) {
        assertThat(desk.run("builder:set", "shop", "build-dir", hostile).err())
                .startsWith(" !     build-dir must be the path of a directory in the repository");
        assertThat(desk.ok("builder:report", "shop", "--builder-build-dir")).isEqualTo("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "herokuish,runs Heroku's buildpacks without Docker", "pack,runs Heroku's buildpacks", "nixpacks,use buildpacks",
        "railpack,use buildpacks", "lambda,makes no images", "dockerfile,with the commands to run in a Procfile",
        "nonsense,this server has the builder buildpacks and no other"
    })
    void buildersThatAreNotThereSayWhatToUse(String name, String instead) {
        Result refused = desk.run("builder:set", "shop", "selected", name);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains(instead);
    }

    @Test
    void onlyTheBuildDirectoryIsBuiltAndItsFilesCount() {
        desk.ok("builder:set", "shop", "build-dir", "services/web");
        Map<String, String> files = Map.of(
                "Procfile", "nobody: reads this\n",
                "services/web/Procfile", "web: serve\nws: talk\n",
                "services/web/app.json", "{\n\"formations\": {}\n}");
        Result deployed = desk.deploy("shop", files);
        assertThat(deployed.err()).isEmpty();
        assertThat(deployed.out())
                .contains(" !     services/web/app.json:2: formations is not read: the key is formation");
        assertThat(desk.ok("ps:scale", "shop")).contains("web:  1", "ws:   0").doesNotContain("nobody");
        assertThat(desk.ok("builder:report", "shop", "--builder-detected")).isEqualTo("buildpacks\n");
        String first = desk.built().getFirst();

        Map<String, String> elsewhere = Map.of(
                "README", "only this is new\n",
                "services/web/Procfile", "web: serve\nws: talk\n",
                "services/web/app.json", "{\n\"formations\": {}\n}");
        desk.deploy("shop", elsewhere);
        assertThat(desk.built()).containsExactly(first, first);
    }

    @Test
    void aBuildDirectoryThatIsNotThereFailsThePushBeforeItIsBuilt() {
        desk.ok("builder:set", "shop", "build-dir", "nowhere");
        Result refused = desk.deploy("shop", Map.of("Procfile", "web: serve\n"));
        assertThat(refused.err())
                .isEqualTo("The repository has no directory nowhere, which builder:set build-dir names");
        desk.ok("builder:set", "shop", "build-dir", "Procfile");
        assertThat(desk.deploy("shop", Map.of("Procfile", "web: serve\n")).err())
                .isEqualTo("The repository has no directory Procfile, which builder:set build-dir names");
        assertThat(desk.built()).isEmpty();
    }

    @Test
    void buildsAreGivenTheConfigOfTheAppButNotItsRevision() {
        desk.ok("config:set", "--global", "ALL=1");
        desk.ok("config:set", "shop", "NODE_ENV=staging");
        desk.deploy("shop", Map.of("Procfile", "web: serve\n"));
        desk.deploy("shop", Map.of("Procfile", "web: serve2\n"));
        assertThat(desk.buildConfigs())
                .containsExactly(Map.of("ALL", "1", "NODE_ENV", "staging"), Map.of("ALL", "1", "NODE_ENV", "staging"));
    }

    @Test
    void buildsThatAreNotUsedAnyMoreStayWhereThatIsAskedFor() {
        desk.ok("builder:set", "shop", "skip-cleanup", "true");
        desk.deploy("shop", Map.of("Procfile", "web: one\n"));
        assertThat(desk.buildsKept()).isEmpty();
        assertThat(desk.run("builder:set", "shop", "skip-cleanup", "yes").err())
                .isEqualTo(" !     skip-cleanup must be true or false\n");
        desk.ok("apps:create", "store");
        desk.deploy("store", Map.of("Procfile", "web: two\n"));
        assertThat(desk.buildsKept()).hasSize(1);
    }

    @Test
    void aTreeWithoutAProcfileIsRunAsItsBuildpackSays() {
        Result deployed = desk.deploy("shop", Map.of("package.json", "{}"));
        assertThat(deployed.err()).isEmpty();
        assertThat(desk.ok("ps:scale", "shop")).contains("web:  1", "bee:  0");
        assertThat(desk.deploy("shop", Map.of("README", "")).err())
                .startsWith("The repository has no Procfile at its root");
    }

    @Test
    void anotherNameOfAppJsonIsUsedEverywhere() {
        assertThat(desk.run("app-json:set", "shop", "appjson-path", "../app.json")
                        .err())
                .startsWith(" !     appjson-path must be the path of a file in the repository");
        desk.ok("app-json:set", "shop", "appjson-path", "deploy/ours.json");
        assertThat(desk.ok("app-json:report", "shop")).isEqualTo("""
                =====> shop app-json information
                       App json appjson path:          deploy/ours.json
                       App json computed appjson path: deploy/ours.json
                       App json global appjson path:
                """);
        assertThat(desk.ok("app-json:report", "shop", "--app-json-computed-appjson-path"))
                .isEqualTo("deploy/ours.json\n");
        Map<String, String> files = Map.of(
                "Procfile", "web: serve\nws: talk\n",
                "app.json", "this is not read",
                "deploy/ours.json", "{\"formation\": {\"ws\": {\"quantity\": 2}},\n\"healthcheks\": {}}");
        Result deployed = desk.deploy("shop", files);
        assertThat(deployed.err()).isEmpty();
        assertThat(deployed.out())
                .contains(" !     deploy/ours.json:2: healthcheks is not read: the key is healthchecks");
        assertThat(desk.ok("ps:scale", "shop")).contains("ws:   2");
        desk.ok("app-json:set", "shop", "appjson-path");
        assertThat(desk.deploy("shop", files).err()).startsWith("app.json:1: ");
    }

    @Test
    void anOldChecksFileIsToldInTheWordsOfAppJson() {
        Result deployed = desk.deploy(
                "shop",
                Map.of(
                        "Procfile",
                        "web: serve\n",
                        "CHECKS",
                        "WAIT=7\nATTEMPTS=2\n\n# comment\n/health  All fine\n//shop.test/\n"));
        assertThat(deployed.out()).contains("""
                 !     CHECKS is not read: put its equal into app.json, and remove the file:
                 !     {
                 !       "healthchecks" : {
                 !         "web" : [ {
                 !           "type" : "startup",
                 !           "name" : "check 1",
                 !           "path" : "/health",
                 !           "content" : "All fine",
                 !           "attempts" : 2,
                 !           "timeout" : 30,
                 !           "wait" : 7
                 !         }, {
                 !           "type" : "startup",
                 !           "name" : "check 2",
                 !           "path" : "/",
                 !           "attempts" : 2,
                """);
        assertThat(desk.deploy("shop", Map.of("Procfile", "web: serve\n", "CHECKS", ""))
                        .out())
                .contains(" !     CHECKS is not read: write checks into app.json as healthchecks, and remove the file");
    }

    @Test
    void theRepositoryIsPackedAndTheCachePurged() {
        assertThat(desk.run("repo:gc", "shop")).isEqualTo(new Result(0, "", ""));
        assertThat(desk.run("repo:purge-cache", "shop")).isEqualTo(new Result(0, "", ""));
        assertThat(desk.run("repo:gc", "nosuch").exitCode()).isEqualTo(20);
        assertThat(desk.run("repo:purge-cache").err())
                .isEqualTo(" !     Please specify an app to run the command on\n");
        assertThat(desk.run("repo:gc", "shop", "more").err())
                .startsWith(" !     Too many words, beginning with 'more'");
    }
}
