package dev.slipway.proxy;

import dev.slipway.model.AppName;
import dev.slipway.model.ProcessType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** Serves the apps' sites over http and https. */
public interface Proxy extends AutoCloseable {

    /**
     * Starts it, or takes over the one that still runs from before, and has it serve exactly these sites. A site that it refuses
     * goes on as it was, where it was served.
     *
     * @return one text for each site that was refused
     * @throws dev.slipway.model.UserException if it cannot be started: a port is taken, for instance
     */
    List<String> start(List<Site> sites);

    /**
     * Renders a site and has the whole configuration tested with it, changing nothing.
     *
     * @return warnings for the user, each one or more lines
     * @throws dev.slipway.model.UserException that names the template's line
     */
    List<String> test(Site site);

    /**
     * Tests a site by itself: its file as somebody may have left it, and the one that would be written now. Other sites have no say.
     *
     * @return warnings for the user, each one or more lines
     * @throws dev.slipway.model.UserException that names the line, of the file or of the template
     */
    List<String> validate(Site site);

    /** Writes an app's file as it is served, if somebody has made another of it; gives whether that was so. */
    boolean restore(AppName app);

    /**
     * Reads a site's own template as somebody would who knows its traps, changing nothing: what serves today, and would not once a
     * process type has no process, is told too. Nothing for a site that the default template serves.
     */
    Optional<TemplateReport> inspect(Site site);

    /** Whether a site's own template may lead requests to processes of a type: these have to listen before they serve. */
    boolean leadsTo(Site site, ProcessType type);

    /**
     * Renders, tests, swaps and reloads, the last only if bytes changed; returns when the new configuration serves.
     *
     * @throws dev.slipway.model.UserException if it is refused: the files before are back, and serve
     */
    Published publish(Site site);

    /** Whether nothing serves any more by what was published before that moment: no request can begin or end there. */
    boolean settled(Instant since);

    /** Serves an app's site no longer, until it is published again; nothing happens if it has none. */
    void withdraw(AppName app);

    /** Gives an app what an administrator put beside the site of another, which keeps it too: {@code nginx.conf.d}. */
    void carry(AppName from, AppName to);

    /** Forgets an app: its site, the files that templates see below its directory, and its logs. */
    void remove(AppName app);

    /** What the proxy reads of an app's site, as it is served now; it may hold secrets. */
    Optional<String> configuration(AppName app);

    /** For each property by its name the value that applies to a site: set or not, and places worked out. */
    SequencedMap<String, String> properties(Site site);

    /** The file that a site's requests are logged to, if they are and to a file; it need not exist yet. */
    Optional<Path> accessLog(Site site);

    /** As above for errors. */
    Optional<Path> errorLog(Site site);

    /** Ends what serves, its connections too, until {@link #begin} or the next change of a site. */
    void halt();

    /**
     * Has it serve again what it served before it was halted; nothing happens if it serves.
     *
     * @throws dev.slipway.model.UserException if it cannot be started
     */
    void begin();

    /**
     * Has it read its configuration anew, whether or not that changed.
     *
     * @throws dev.slipway.model.UserException if it is refused: then it serves as before
     */
    void reload();

    /** The processes that serve, and those that only finish what they began before a reload. */
    Workers workers();

    /**
     * What would become of a request, by what is served now.
     *
     * @param url of http, https, ws or wss; without a port, of the installation's own
     * @throws dev.slipway.model.UserException if it is none
     */
    Explanation explain(String url);

    /** The template of sites that bring none. */
    String defaultTemplate();

    /** Stops watching; it goes on serving. */
    @Override
    void close();

    /** Ends it. */
    void stop();

    /** @param changed whether the rendered bytes differ from those before, so that there was a reload */
    record Published(boolean changed, List<String> warnings) {}
}
