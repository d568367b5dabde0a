package dev.slipway.proxy.nginx.check;

import dev.slipway.model.Listener;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.ProcessType;
import dev.slipway.proxy.Site;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * One process of every type that a site has or its template names, each at an invented address of its own (198.18.0.0/15, RFC 2544):
 * by the addresses in a rendered text one sees which type it speaks of.
 */
record Cast(SequencedMap<ProcessType, Listener> parts, Map<String, ProcessType> byAddress) {

    /** Types that a template names and its site has not: of more it is enough to be told that there is no such type. */
    private static final int MOST_UNKNOWN = 50;

    static Cast of(Site site, Site.Template template) {
        SequencedSet<ProcessType> types = new LinkedHashSet<>(site.listeners().keySet());
        types.add(ProcessType.WEB);
        int most = types.size() + MOST_UNKNOWN;
        for (String variable : template.listenerVariables()) {
            if (types.size() < most
                    && types.stream().noneMatch(type -> type.listenersVariable().equals(variable))) {
                ProcessType.ofListenersVariable(variable).ifPresent(types::add);
            }
        }
        SequencedMap<ProcessType, Listener> parts = new LinkedHashMap<>();
        for (ProcessType type : types) {
            int number = parts.size() + 1;
            String address = "198." + (18 + number / 62_500 % 2) + "." + number / 250 % 250 + "." + (1 + number % 250);
            parts.put(type, new Listener(address, ProcessSpec.PORT));
        }
        Map<String, ProcessType> byAddress = new HashMap<>();
        parts.forEach((type, listener) -> byAddress.put(listener.address(), type));
        return new Cast(parts, byAddress);
    }

    SequencedMap<ProcessType, List<Listener>> listeners() {
        SequencedMap<ProcessType, List<Listener>> all = new LinkedHashMap<>();
        parts.forEach((type, listener) -> all.put(type, List.of(listener)));
        return all;
    }

    /** The same while no process of one type runs. */
    SequencedMap<ProcessType, List<Listener>> without(ProcessType gone) {
        SequencedMap<ProcessType, List<Listener>> rest = listeners();
        rest.put(gone, List.of());
        return rest;
    }

    /** Whose address it is; {@code ADDRESS} or {@code ADDRESS:PORT}. */
    Optional<ProcessType> type(String place) {
        return Optional.ofNullable(byAddress.get(place.replaceFirst(":[0-9]*$", "")));
    }

    /** Whether the address of a type's process is anywhere in a word. */
    boolean mentions(String word, ProcessType type) {
        Listener part = parts.get(type);
        return part != null && word.contains(part.address());
    }

    Optional<ProcessType> ofVariable(String variable) {
        return parts.keySet().stream()
                .filter(type -> type.listenersVariable().equals(variable))
                .findFirst();
    }
}
