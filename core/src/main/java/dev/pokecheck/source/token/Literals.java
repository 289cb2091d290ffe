// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

/** The values of numbers and of character and string constants. */
public final class Literals {
    private Literals() {}

    /** The value of a number or a character constant; a number of more than 63 bits comes out negative, as in C with a cast to {@code long}. */
    public static long value(Token token) {
        return token.kind() == TokenKind.CHARACTER ? character(token) : number(token);
    }

    /**
     * Whether a number is of type {@code unsigned int} without saying so: one that is not decimal, and fits that type and not {@code int} (C17, 6.4.4.1).
     */
    public static boolean isUnsignedBySize(Token token) {
        String text = token.text();
        return token.kind() == TokenKind.NUMBER
                && text.length() > 1
                && text.charAt(0) == '0'
                && "uUlL".indexOf(text.charAt(text.length() - 1)) < 0
                && number(token) > Integer.MAX_VALUE
                && number(token) <= 0xffff_ffffL;
    }

    private static long number(Token token) {
        String text = token.text();
        int end = text.length();
        if (end == 1 && text.charAt(0) >= '0' && text.charAt(0) <= '9') {
            return Character.digit(text.charAt(0), 10);
        }
        while (end > 0 && "uUlL".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        String suffix = text.substring(end);
        String digits = text.substring(0, end).replace("_", " ");
        boolean hex = digits.startsWith("0x") || digits.startsWith("0X");
        boolean binary = digits.startsWith("0b") || digits.startsWith("0B");
        boolean octal = !hex && !binary && digits.length() > 1 && digits.startsWith("0");
        if (!hex && digits.matches("[0-9]*\\.?[0-9]*([eE][+-]?[0-9]+)?[fF]?") && !digits.matches("[0-9]+")) {
            throw token.wrong("a number with a fraction or an exponent", "values here are integers");
        }
        if (!suffix.matches("[uU]?([lL]|ll|LL)?|([lL]|ll|LL)[uU]")) {
            throw token.wrong(token.quoted() + " is no number", "");
        }
        try {
            String plain = hex || binary ? digits.substring(2) : octal ? digits.substring(1) : digits;
            return Long.parseUnsignedLong(plain.startsWith("+") ? " " : plain, hex ? 16 : binary ? 2 : octal ? 8 : 10);
        } catch (NumberFormatException e) {
            throw token.wrong(token.quoted() + " is no number of at most 64 bits", "");
        }
    }

    private static long character(Token token) {
        String content = unescaped(token);
        if (content.length() != 1) {
            throw token.wrong("a character constant of " + content.length() + " characters", "write one");
        }
        return (byte) content.charAt(0);
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    /** What stands between the quotes, with escape sequences replaced. */
    public static String unescaped(Token token) {
        String text = token.text();
        StringBuilder out = new StringBuilder();
        int at = 1;
        while (at < text.length() - 1) {
            char c = text.charAt(at++);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = text.charAt(at++);
            int simple = "ntrabfv\\'\"?".indexOf(escape);
            if (escape == 'x') {
                int end = at;
                while (end < text.length() - 1 && end < at + 2 && Character.digit(text.charAt(end), 16) >= 0) {
                    end++;
                }
                if (end == at) {
                    throw token.wrong("\\x without digits", "");
                }
                out.append((char) Integer.parseInt(text.substring(at, end), 16));
                at = end;
            } else if (isOctal(escape)) {
                int begin = at - 1;
                while (at < text.length() - 1 && at < begin + 3 && isOctal(text.charAt(at))) {
                    at++;
                }
                int value = Integer.parseInt(text.substring(begin, at), 8);
                if (value > 0xff) {
                    throw token.wrong("the escape sequence \\" + text.substring(begin, at) + " is no byte", "");
                }
                out.append((char) value);
            } else if (simple < 0) {
                throw token.wrong("there is no escape sequence \\" + escape, "");
            } else {
                out.append("\n\t\r\u0007\b\f\u000b\\'\"?".charAt(simple));
            }
        }
        return out.toString();
    }
}
