package dev.slipway.e2e;

import dev.slipway.proxy.nginx.TutorialBlocks;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The test app with a {@code web} and a {@code ws} process, whose template is the default one with the tutorial's additions. */
final class EchoApp {

    private static final Pattern ROOT_LOCATION = Pattern.compile("location\\s+/\\s*\\{");

    private EchoApp() {}

    /** A checkout with the template in place, not pushed yet. */
    static Checkout checkout(Platform platform, String app) {
        Checkout checkout = platform.checkout(app, "echo");
        return checkout.write("nginx.conf.sigil", withTutorial(platform.ok("nginx:template")))
                .commit("feat: route /echo to ws process");
    }

    /** What the tutorial makes of the default template: its location after both that serve {@code /}, its upstream at the end. */
    static String withTutorial(String template) {
        StringBuilder edited = new StringBuilder();
        int copied = 0;
        Matcher location = ROOT_LOCATION.matcher(template);
        while (location.find()) {
            int end = endOfBlock(template, location.end());
            if (template.substring(location.end(), end).contains("proxy_pass")) {
                edited.append(template, copied, end).append("\n").append(TutorialBlocks.LOCATION.stripTrailing());
                copied = end;
            }
        }
        return edited.append(template.substring(copied))
                .append("\n")
                .append(TutorialBlocks.UPSTREAM)
                .toString();
    }

    private static int endOfBlock(String text, int begin) {
        int depth = 1;
        int at = begin;
        while (depth > 0) {
            char next = text.charAt(at++);
            depth += next == '{' ? 1 : next == '}' ? -1 : 0;
        }
        return at;
    }
}
