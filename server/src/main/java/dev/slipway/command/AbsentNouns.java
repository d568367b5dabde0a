package dev.slipway.command;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Nouns and verbs that Dokku or its plugins have and Slipway has not, and what to use instead. */
final class AbsentNouns {

    private static final List<Absence> ALL = List.of(
            new Absence(
                    "logs:vector-logs logs:vector-start logs:vector-stop",
                    "Vector is not part of Slipway: have an agent of your own read the files below log/apps in the data"
                            + " directory."),
            new Absence(
                    "network:create network:destroy network:exists network:info network:list network:rebuild"
                            + " network:rebuildall",
                    "Docker networks are not part of Slipway: each process has an address of its own, which network:report"
                            + " shows."),
            new Absence(
                    "caddy haproxy openresty traefik",
                    "Other proxies are not part of Slipway: nginx serves every app, see nginx:set."),
            new Absence(
                    "scheduler-docker-local scheduler-k3s scheduler-nomad",
                    "Other schedulers are not part of Slipway: processes run on this machine, see ps:report."),
            new Absence(
                    "builder-dockerfile builder-herokuish builder-lambda builder-nixpacks builder-null builder-pack"
                            + " builder-railpack",
                    "Builders of images are not part of Slipway: buildpacks run without Docker, see builder:set and"
                            + " buildpacks:add."),
            new Absence(
                    "backup",
                    "Backups are not part of Slipway yet: copy its data directory, the database with sqlite3's .backup."),
            new Absence(
                    "storage:create storage:destroy storage:exec storage:info storage:list-entries storage:migrate",
                    "Named entries of storage are not part of Slipway: make a directory with storage:ensure-directory and"
                            + " mount its path with storage:mount."),
            new Absence("maintenance", "A maintenance page is not part of Slipway: use proxy:disable, or ps:stop."),
            new Absence("redirect", "Redirects are not part of Slipway: write them into the app's nginx.conf.sigil."),
            new Absence(
                    "http-auth",
                    "Passwords of nginx are not part of Slipway: write them into the app's nginx.conf.sigil."),
            new Absence("shell", "A shell of commands is not part of Slipway: give one command at a time."),
            new Absence("trace", "Tracing is not part of Slipway: its daemon writes its log to standard error."),
            new Absence("plugin", "Plugins are not part of Slipway: what it does is built in."),
            new Absence("registry", "Registries are not part of Slipway: builds stay on the machine that runs them."),
            new Absence("docker-options", "Docker options are not part of Slipway: processes run without Docker."),
            new Absence(
                    "letsencrypt",
                    "Certificates are not fetched by Slipway yet: use certs:add with the files of your ACME client."),
            new Absence(
                    "clickhouse couchdb elasticsearch graphite mariadb meilisearch memcached mongo mysql nats omnisci"
                            + " postgres pushpin rabbitmq redis rethinkdb solr typesense",
                    "Datastores are not part of Slipway: run one beside it and give its URL to the app with config:set."));

    private AbsentNouns() {}

    /** @param names of nouns, or of single verbs of a noun that there is, with spaces between */
    private record Absence(String names, String answer) {

        Stream<String> each() {
            return Arrays.stream(names.split(" "));
        }
    }

    /** The answer to each name. */
    static Map<String, String> answers() {
        return ALL.stream()
                .flatMap(absence -> absence.each().map(name -> Map.entry(name, absence.answer())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
