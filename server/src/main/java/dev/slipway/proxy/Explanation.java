package dev.slipway.proxy;

import java.util.List;

/**
 * What becomes of a request for a URL, and why.
 *
 * @param steps the decisions on its way, first to last
 */
public record Explanation(String url, List<Step> steps, Outcome outcome) {

    public Explanation {
        steps = List.copyOf(steps);
    }

    /**
     * One decision.
     *
     * @param name what is decided: server, location, upstream
     * @param what which one it is
     * @param where file and line of the configuration; empty if there is none
     */
    public record Step(String name, String what, String why, String where) {}

    /** How it ends. */
    public sealed interface Outcome {}

    /**
     * It is passed on to a process.
     *
     * @param upstream the name of what it is passed to
     * @param uri the path and query that the process sees
     * @param servers each {@code ADDRESS:PORT} that may get it; if there is none, the answer is 502
     */
    public record Passed(String upstream, String uri, List<String> servers) implements Outcome {

        public Passed {
            servers = List.copyOf(servers);
        }
    }

    /** @param text the place that a redirect leads to, or what nginx says */
    public record Answered(int status, String text) implements Outcome {}

    /** nginx gives it a file of its own, if there is one. */
    public record Filed(String directory) implements Outcome {}

    /** There is no answer in http. */
    public record Closed(String how) implements Outcome {}

    /** It depends on what cannot be known from a URL. */
    public record Unknown(String why) implements Outcome {}
}
