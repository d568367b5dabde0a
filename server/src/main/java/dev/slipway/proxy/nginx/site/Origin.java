package dev.slipway.proxy.nginx.site;

import dev.slipway.model.AppName;
import dev.slipway.proxy.nginx.syntax.Directive;
import dev.slipway.proxy.nginx.syntax.Parser;
import dev.slipway.proxy.nginx.syntax.SyntaxFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a rendered text came from, so that the user is told about the template that they wrote and not about our copy.
 *
 * @param file the template's name: nginx.conf.sigil
 * @param template its text
 * @param rendered the text that nginx reads
 * @param lines from a line of the rendered text to the template's
 * @param variables what it was rendered with
 */
public record Origin(
        AppName app,
        String file,
        String template,
        String rendered,
        IntUnaryOperator lines,
        Map<String, String> variables) {

    private static final Pattern LISTENERS = Pattern.compile("DOKKU_APP_[A-Z0-9_]+_LISTENERS");

    /** {@code nginx.conf.sigil:87: words}, the line itself, and advice where there is some. */
    public String describe(int renderedLine, String words) {
        return describeTemplate(lines.applyAsInt(renderedLine), words) + upstreamAdvice(renderedLine);
    }

    String describeTemplate(int line, String words) {
        String shown = line(line).strip();
        return file + ":" + line + ": " + words + (shown.isEmpty() ? "" : "\n    " + line + " | " + shown);
    }

    /** Advice for an error while the template was rendered, at a line of the template. */
    String adviceAt(int line) {
        return advice(line, line);
    }

    /** What fails within an upstream while a process type has no listeners fails because of that. */
    private String upstreamAdvice(int renderedLine) {
        return enclosingUpstream(renderedLine)
                .map(upstream -> advice(lines.applyAsInt(upstream.line()), lines.applyAsInt(upstream.lastLine())))
                .orElse("");
    }

    private Optional<Directive> enclosingUpstream(int renderedLine) {
        try {
            return Parser.parse(rendered).stream()
                    .filter(directive -> directive.is("upstream"))
                    .filter(upstream -> upstream.line() <= renderedLine && renderedLine <= upstream.lastLine())
                    .findFirst();
        } catch (SyntaxFailure e) {
            // The text has no blocks to speak of; nginx's own words have to do.
            return Optional.empty();
        }
    }

    private String advice(int first, int last) {
        for (int line = first; line <= last; line++) {
            Matcher matcher = LISTENERS.matcher(line(line));
            while (matcher.find()) {
                if (variables.getOrDefault(matcher.group(), "").isEmpty()) {
                    return guard(matcher.group());
                }
            }
        }
        return "";
    }

    private String guard(String variable) {
        String why = variables.containsKey(variable)
                ? "$." + variable + " is empty while no process of that type runs."
                : "$." + variable + " has no value: " + app + " has no such process type yet.";
        return """

                %s Guard it:
                  {{ if not $.%s }}
                  server 127.0.0.1:65535; # force a 502
                  {{ else }}
                  … the servers as they are now …
                  {{ end }}""".formatted(why, variable);
    }

    private String line(int number) {
        List<String> all = template.lines().toList();
        return number >= 1 && number <= all.size() ? all.get(number - 1) : "";
    }
}
