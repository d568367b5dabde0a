package dev.slipway.proxy.nginx.explain;

import dev.slipway.proxy.Explanation.Answered;
import dev.slipway.proxy.Explanation.Closed;
import dev.slipway.proxy.Explanation.Filed;
import dev.slipway.proxy.Explanation.Outcome;
import dev.slipway.proxy.Explanation.Step;
import java.util.List;
import java.util.Optional;

/** What a block does with a request that has come to it: {@code return}, or passing it on, or a file. */
final class Handling {

    private static final int NO_ANSWER = 444;

    private final RequestUrl url;
    private final Variables variables;
    private final Passing passing;
    private final List<Step> steps;

    /** @param steps is told of what is found */
    Handling(RequestUrl url, Variables variables, Passing passing, List<Step> steps) {
        this.url = url;
        this.variables = variables;
        this.passing = passing;
        this.steps = steps;
    }

    /** The answer that a block gives before anything else, if it does; what depends on more than the URL is told and passed over. */
    Optional<Outcome> rewrite(List<Statement> block) {
        for (Statement statement : block) {
            switch (statement.directive().name().text()) {
                case "return" -> {
                    Outcome outcome = returned(statement);
                    steps.add(new Step("return", statement.text(), "it comes before all else", statement.where()));
                    return Optional.of(outcome);
                }
                case "if", "rewrite" ->
                    steps.add(new Step(
                            "doubt",
                            statement.text(),
                            "cannot be judged by a URL: taken as if it did not apply",
                            statement.where()));
                default -> {}
            }
        }
        return Optional.empty();
    }

    private Outcome returned(Statement statement) {
        String first = statement.argument(0);
        boolean coded = first.matches("[0-9]{1,3}");
        int status = coded ? Integer.parseInt(first) : 302;
        String text = variables.expand(coded ? statement.argument(1) : first);
        if (status == NO_ANSWER) {
            return new Closed("nginx closes the connection without an answer");
        }
        return new Answered(status, isRedirect(status) ? url.absolute(text) : text);
    }

    static boolean isRedirect(int status) {
        return List.of(301, 302, 303, 307, 308).contains(status);
    }

    /** What a location does with it in the end. */
    Outcome content(Location location) {
        List<Statement> block = location.statement().block();
        if (Statement.last(block, "internal").isPresent()) {
            steps.add(step("internal", "no client may ask for it", location.statement()));
            return new Answered(404, "not for clients");
        }
        Optional<Outcome> answer = rewrite(block);
        if (answer.isPresent()) {
            return answer.get();
        }
        return block.stream()
                .filter(statement -> statement.directive().name().text().endsWith("_pass"))
                .findFirst()
                .map(pass -> passing.follow(pass, Optional.of(location), steps))
                .orElseGet(() -> file(block));
    }

    private static Step step(String name, String why, Statement at) {
        return new Step(name, at.text(), why, at.where());
    }

    /** @param block what applies; a root outside of it does too, but nobody asks nginx for files elsewhere */
    Outcome file(List<Statement> block) {
        Optional<Statement> place = Statement.last(block, "alias").or(() -> Statement.last(block, "root"));
        place.ifPresent(found -> steps.add(step(found.directive().name().text(), "nginx looks for a file", found)));
        Statement.last(block, "try_files")
                .ifPresent(found -> steps.add(step("try_files", "which files there are decides", found)));
        return new Filed(place.map(found -> found.argument(0)).orElse(""));
    }
}
