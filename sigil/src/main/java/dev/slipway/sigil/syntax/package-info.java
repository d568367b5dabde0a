/** Lexer, parser and tree of the template language. */
@NullMarked
package dev.slipway.sigil.syntax;

import org.jspecify.annotations.NullMarked;
