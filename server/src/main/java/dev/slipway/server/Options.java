package dev.slipway.server;

import dev.slipway.model.Domain;
import dev.slipway.model.HostPorts;
import dev.slipway.model.UserException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the daemon is started with.
 *
 * @param bindAddress the address that its ports are bound to; all addresses, IPv4 and IPv6, if absent
 * @param domain the global domain to begin with, where none is set yet
 * @param stopAll whether to end everything instead of serving
 */
record Options(
        Path data,
        int sshPort,
        int httpPort,
        int httpsPort,
        Optional<String> bindAddress,
        Optional<Domain> domain,
        boolean stopAll) {

    static final String USAGE = """
            Usage: slipway server [--data DIR] [--ssh-port N] [--http-port N] [--https-port N]
                                  [--bind-address ADDRESS] [--domain DOMAIN]
                   slipway server --stop-all [--data DIR]
            """;

    HostPorts ports() {
        return new HostPorts(httpPort, httpsPort);
    }

    /**
     * Reads the words behind {@code slipway server}.
     *
     * @param defaultData where the data are unless the words say so
     * @throws UserException that names all that is wrong, numbered
     */
    static Options parse(List<String> words, Path defaultData) {
        return new Parser(words, defaultData).parse();
    }

    private static final class Parser {

        private final List<String> words;
        private final List<String> problems = new ArrayList<>();
        private Path data;
        private int sshPort = 2222;
        private int httpPort = 80;
        private int httpsPort = 443;
        private Optional<String> bindAddress = Optional.empty();
        private Optional<Domain> domain = Optional.empty();
        private boolean stopAll;

        Parser(List<String> words, Path defaultData) {
            this.words = words;
            this.data = defaultData;
        }

        Options parse() {
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                if (word.equals("--stop-all")) {
                    stopAll = true;
                } else if (i + 1 == words.size()) {
                    problems.add(word + " is unknown, or lacks its value");
                } else {
                    read(word, words.get(++i));
                }
            }
            if (!problems.isEmpty()) {
                StringBuilder all = new StringBuilder("The server cannot be started:");
                for (int i = 0; i < problems.size(); i++) {
                    all.append("\n").append(i + 1).append(". ").append(problems.get(i));
                }
                throw UserException.invalid(all + "\n" + USAGE.strip());
            }
            return new Options(data, sshPort, httpPort, httpsPort, bindAddress, domain, stopAll);
        }

        private void read(String flag, String value) {
            switch (flag) {
                case "--data" -> data = directory(value);
                case "--ssh-port" -> sshPort = port(flag, value);
                case "--http-port" -> httpPort = port(flag, value);
                case "--https-port" -> httpsPort = port(flag, value);
                case "--bind-address" -> bindAddress = address(value);
                case "--domain" -> domain = domain(value);
                default -> problems.add(flag + " is unknown");
            }
        }

        private Path directory(String value) {
            Path path = Path.of(value);
            if (!path.isAbsolute()) {
                problems.add("--data must be an absolute path, not " + value);
            }
            return path.normalize();
        }

        private int port(String flag, String value) {
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > 65535) {
                problems.add(flag + " must be a port from 1 to 65535, not " + value);
                return 1;
            }
            return Integer.parseInt(value);
        }

        private Optional<String> address(String value) {
            if (!value.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*")) {
                problems.add("--bind-address must be an IPv4 or IPv6 address, not " + value);
            }
            return Optional.of(value);
        }

        private Optional<Domain> domain(String value) {
            try {
                return Optional.of(new Domain(value));
            } catch (UserException e) {
                problems.add("--domain: " + e.text());
                return Optional.empty();
            }
        }
    }
}
