package dev.slipway.source;

/** What a push moves: a branch, a tag, or a ref of another kind ({@code refs/notes/…}). */
public sealed interface Ref {

    /** The short name, as people type it; the whole one for a ref that is neither branch nor tag. */
    String name();

    /** The name that git knows it by, {@code refs/heads/main} for instance. */
    String full();

    static Ref of(String full) {
        if (full.startsWith(Branch.PREFIX)) {
            return new Branch(full.substring(Branch.PREFIX.length()));
        }
        if (full.startsWith(Tag.PREFIX)) {
            return new Tag(full.substring(Tag.PREFIX.length()));
        }
        return new Other(full);
    }

    /** A branch: {@code refs/heads/NAME}. */
    record Branch(String name) implements Ref {

        private static final String PREFIX = "refs/heads/";

        @Override
        public String full() {
            return PREFIX + name;
        }
    }

    /** A tag: {@code refs/tags/NAME}. */
    record Tag(String name) implements Ref {

        private static final String PREFIX = "refs/tags/";

        @Override
        public String full() {
            return PREFIX + name;
        }
    }

    /** Any other ref. */
    record Other(String name) implements Ref {

        @Override
        public String full() {
            return name;
        }
    }
}
