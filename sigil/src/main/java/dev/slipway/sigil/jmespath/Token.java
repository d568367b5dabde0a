package dev.slipway.sigil.jmespath;

/** A word of a query. */
record Token(Type type, String text) {
    /** Kinds of word, with how tightly each binds what stands before it. */
    enum Type {
        EOF("tEOF", 0),
        UNQUOTED_IDENTIFIER("tUnquotedIdentifier", 0),
        QUOTED_IDENTIFIER("tQuotedIdentifier", 0),
        RBRACKET("tRbracket", 0),
        RPAREN("tRparen", 0),
        COMMA("tComma", 0),
        RBRACE("tRbrace", 0),
        NUMBER("tNumber", 0),
        CURRENT("tCurrent", 0),
        EXPREF("tExpref", 0),
        COLON("tColon", 0),
        JSON_LITERAL("tJSONLiteral", 0),
        STRING_LITERAL("tStringLiteral", 0),
        UNKNOWN("tUnknown", 0),
        PIPE("tPipe", 1),
        OR("tOr", 2),
        AND("tAnd", 3),
        EQ("tEQ", 5),
        NE("tNE", 5),
        LT("tLT", 5),
        LTE("tLTE", 5),
        GT("tGT", 5),
        GTE("tGTE", 5),
        FLATTEN("tFlatten", 9),
        STAR("tStar", 20),
        FILTER("tFilter", 21),
        DOT("tDot", 40),
        NOT("tNot", 45),
        LBRACE("tLbrace", 50),
        LBRACKET("tLbracket", 55),
        LPAREN("tLparen", 60);

        private final String shown;
        private final int power;

        Type(String shown, int power) {
            this.shown = shown;
            this.power = power;
        }

        int power() {
            return power;
        }

        @Override
        public String toString() {
            return shown;
        }
    }
}
