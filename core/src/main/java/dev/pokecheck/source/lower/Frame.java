// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CFunction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A call of a function that is being expanded: its variables, and where it can be left to. */
final class Frame {
    final CFunction function;
    /** The block that a return leaves; empty if it is the function of the recorder. */
    final Optional<String> returnBlock;

    /** What is known where it returned. */
    final Knowledge returned = new Knowledge();

    /** The name of its value, if that is a variable. */
    final String resultKey;

    private final Deque<Map<String, CObject>> scopes = new ArrayDeque<>();
    private final Deque<List<CObject>> lives = new ArrayDeque<>();
    private final Deque<Exit> exits = new ArrayDeque<>();
    private boolean hasResult;

    /**
     * A place to which control can go from inside.
     *
     * @param kind what leads there
     * @param block the block whose end it is
     * @param scopes how many scopes are around it
     * @param knowledge what is known where control went there
     */
    record Exit(String kind, String block, int scopes, Knowledge knowledge) {}

    Frame(CFunction function, Optional<String> returnBlock, String resultKey) {
        this.function = function;
        this.returnBlock = returnBlock;
        this.resultKey = resultKey;
        returned.die();
        enter();
    }

    void enter() {
        scopes.push(new LinkedHashMap<>());
        lives.push(new ArrayList<>());
    }

    void leave() {
        scopes.pop();
        lives.pop();
    }

    int scopes() {
        return scopes.size();
    }

    /** An object on the stack lives from here to the end of the present scope. */
    void lives(CObject object) {
        lives.element().add(object);
    }

    /** The objects that die where all scopes but the outer ones are left, the last first. */
    List<CObject> livesWithin(int outer) {
        List<CObject> dying = new ArrayList<>();
        int left = scopes.size() - outer;
        for (List<CObject> scope : lives) {
            if (left-- == 0) {
                break;
            }
            dying.addAll(scope);
        }
        Collections.reverse(dying);
        return dying;
    }

    void declare(String name, CObject object) {
        scopes.element().put(name, object);
    }

    Optional<CObject> find(String name) {
        for (Map<String, CObject> scope : scopes) {
            CObject found = scope.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }

    /** Opens a place to go to. */
    Exit open(String kind, String block) {
        Knowledge nowhere = new Knowledge();
        nowhere.die();
        Exit exit = new Exit(kind, block, scopes.size(), nowhere);
        exits.push(exit);
        return exit;
    }

    void close() {
        exits.pop();
    }

    /** The innermost place of a kind. */
    Optional<Exit> exit(String kind) {
        for (Exit exit : exits) {
            if (exit.kind().equals(kind)) {
                return Optional.of(exit);
            }
        }
        return Optional.empty();
    }

    void setResult() {
        hasResult = true;
    }

    boolean hasResult() {
        return hasResult;
    }
}
