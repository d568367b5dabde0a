package dev.slipway.deploy.appjson;

import dev.slipway.model.UserException;
import java.util.Optional;

/**
 * Commands that a deploy runs once.
 *
 * @param predeploy with the new build, before anything of it serves
 * @param postdeploy once it serves
 * @param firstPostdeploy once the first release of an app serves: Heroku's word
 */
public record Scripts(Optional<String> predeploy, Optional<String> postdeploy, Optional<String> firstPostdeploy) {

    static final Scripts NONE = new Scripts(Optional.empty(), Optional.empty(), Optional.empty());

    static Scripts read(Value scripts) {
        scripts.fields();
        Value dokku = scripts.at("dokku");
        return new Scripts(command(dokku, "predeploy"), command(dokku, "postdeploy"), command(scripts, "postdeploy"));
    }

    private static Optional<String> command(Value within, String key) {
        Optional<String> command = within.text(key).filter(text -> !text.isBlank());
        command.filter(text -> text.indexOf('\0') >= 0).ifPresent(text -> {
            throw UserException.invalid(within.at(key).where() + ": " + key + " holds a NUL character");
        });
        return command;
    }
}
