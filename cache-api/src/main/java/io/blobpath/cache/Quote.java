package io.blobpath.cache;

/** Text of a stranger, made fit for one line of a message. */
final class Quote {
    private static final int LIMIT = 160;

    private Quote() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), LIMIT) + 8);
        for (int i = 0; i < text.length() && i < LIMIT; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return text.length() > LIMIT ? out.append("...").toString() : out.toString();
    }
}
