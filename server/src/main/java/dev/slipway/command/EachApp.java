package dev.slipway.command;

import dev.slipway.model.App;
import dev.slipway.model.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** What commands that take {@code --all} have in common: one app, or each there is, some of them side by side if that is asked for. */
final class EachApp {

    private static final String ALL = "--all";
    private static final String PARALLEL = "--parallel";

    /** The words by which the apps are named. */
    static final String USAGE = "[" + PARALLEL + " <count>] " + ALL + "|<app>";

    /** As above, where no app at all means every one. */
    static final String OPTIONAL = "[" + PARALLEL + " <count>] [" + ALL + "|<app>]";

    /** More than this at once is a typing error. */
    private static final int MOST = 64;

    private EachApp() {}

    /**
     * Does it for the named app; or for each, to the end even if it fails for one of them.
     *
     * @throws UserException that names the apps for which it failed
     */
    static void run(Call call, Consumer<App> action) {
        int atOnce = parallel(call.arguments().value(PARALLEL));
        if (call.arguments().optional("app").isPresent()) {
            action.accept(call.app());
            return;
        }
        ConcurrentSkipListSet<String> failed = new ConcurrentSkipListSet<>();
        Consumer<App> guarded = app -> {
            try {
                action.accept(app);
            } catch (UserException e) {
                call.console().warn(app.name() + ": " + e.text());
                failed.add(app.name().value());
            }
        };
        if (atOnce == 1) {
            call.apps().forEach(guarded);
        } else {
            sideBySide(call.apps(), guarded, atOnce);
        }
        if (!failed.isEmpty()) {
            throw UserException.failed("It failed for " + String.join(", ", failed));
        }
    }

    private static void sideBySide(List<App> apps, Consumer<App> action, int atOnce) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            List<Future<?>> begun = new ArrayList<>();
            apps.forEach(app -> begun.add(threads.submit(() -> action.accept(app))));
            for (Future<?> one : begun) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the caller is gone");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }

    /** One after the other unless a count is given; -1 is as many as the machine has processors. */
    private static int parallel(Optional<String> count) {
        String text = count.orElse("1");
        if (text.equals("-1")) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (!text.matches("[0-9]{1,2}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST) {
            throw UserException.invalid("Invalid value for " + PARALLEL + ": " + Words.shown(text)
                    + ": write a count from 1 to " + MOST + ", or -1 for as many as there are processors");
        }
        return Integer.parseInt(text);
    }
}
