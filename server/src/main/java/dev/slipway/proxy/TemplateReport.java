package dev.slipway.proxy;

import java.util.List;

/**
 * What is to be said of an app's own template: what to mend, what it does otherwise than the default, and what would take its place.
 *
 * @param file the name that its user knows it by: nginx.conf.sigil
 * @param remarks in the order of the template's lines
 * @param comparable whether it could be rendered, so that it can be told what it serves
 * @param structure what it serves beyond the default template, or lacks of it
 * @param text the lines that differ from the default template's; none if it is not made from it
 * @param successors commands that do what the template does beyond the default
 * @param rest what no command does, so that the template is still needed for it; each one line
 */
public record TemplateReport(
        String file,
        List<Remark> remarks,
        boolean comparable,
        List<Difference> structure,
        List<Difference> text,
        List<Successor> successors,
        List<String> rest) {

    public TemplateReport {
        remarks = List.copyOf(remarks);
        structure = List.copyOf(structure);
        text = List.copyOf(text);
        successors = List.copyOf(successors);
        rest = List.copyOf(rest);
    }

    /** What can be said of a template that cannot be rendered. */
    public static TemplateReport unreadable(String file, List<Remark> remarks) {
        return new TemplateReport(file, remarks, false, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Something that one of the two templates has.
     *
     * @param added whether the app's own has it, or else the default
     * @param line where in the one that has it; 0 if that says nothing
     */
    public record Difference(boolean added, int line, String text) {}

    /**
     * A command to be given in the template's place.
     *
     * @param verb {@code proxy:route:set}
     * @param words what stands behind the app's name
     */
    public record Successor(String verb, String words) {

        /** The words to type behind {@code dokku}. */
        public String on(String app) {
            return verb + " " + app + " " + words;
        }
    }
}
