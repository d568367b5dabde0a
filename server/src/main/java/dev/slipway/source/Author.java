package dev.slipway.source;

import dev.slipway.model.UserException;

/** Who is named as the author of a commit that this machine makes. */
public record Author(String name, String email) {

    /** Of what nobody put a name to. */
    public static final Author UNNAMED = new Author("Slipway", "automated@localhost");

    private static final int LONGEST = 200;

    public Author {
        check(name, "The git user's name");
        check(email, "The git user's email");
    }

    /** What git would leave out or misread is refused. */
    private static void check(String text, String what) {
        if (text.isBlank()
                || text.length() > LONGEST
                || text.matches("(?s).*[<>\\p{Cntrl}].*")
                || text.startsWith("-")) {
            throw UserException.invalid(
                    what + " must have 1 to " + LONGEST + " characters, none of them <, > or a control character");
        }
    }
}
