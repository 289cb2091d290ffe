// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Nothing;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.VoidType;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Calls: words, and functions of the file, which are expanded where they are called. */
final class CallReader {
    /** How deep a call is. */
    private static final int CALL = 6;

    private final Reading reading;

    CallReader(Reading reading) {
        this.reading = reading;
    }

    CValue call(CExpr.Call call) {
        if (call.callee() instanceof CExpr.Name name
                && reading.find(name.text()).isEmpty()) {
            Optional<CValue> word = reading.words.call(name, call);
            if (word.isPresent()) {
                return word.get();
            }
            CFunction function = reading.unit.functions().get(name.text());
            if (function == null || function.body().isEmpty()) {
                throw name.at()
                        .wrong(
                                "there is no function " + name.at().quoted(),
                                "define it, or say #define " + name.text()
                                        + "(…) if it does nothing here; the words of the kernel are in <pokecheck.h>");
            }
            return expand(call.at(), function, arguments(call, function));
        }
        CValue callee = reading.expressions.value(call.callee());
        if (callee instanceof CValue.ToFunction function) {
            return expand(call.at(), function.function(), arguments(call, function.function()));
        } else if (callee instanceof CValue.Numbered pointer) {
            return through(call, pointer.number());
        }
        throw call.at().wrong("which function is called here is not known when the file is read", "");
    }

    /** A call through a pointer that is a number. */
    private CValue through(CExpr.Call call, Num pointer) {
        reading.access.requireNoWait();
        if (pointer.range().holds(0)) {
            reading.recorder().bugOn(pointer.expr().eq(0), "a null pointer is called");
        }
        List<CFunction> functions = reading.pointers.functions(pointer.range(), reading.unit.functions());
        if (functions.isEmpty()) {
            throw new PlaceReader.DeadEnd();
        }
        return oneOf(call, pointer, functions, arguments(call, functions.get(0)));
    }

    private CValue oneOf(CExpr.Call call, Num pointer, List<CFunction> functions, List<CValue> arguments) {
        CFunction first = functions.get(0);
        if (functions.size() == 1) {
            return expand(call.at(), first, arguments);
        }
        Num is = Arithmetic.binary(call.at(), CBinaryOperator.EQUAL, pointer, Num.of(reading.pointers.numberOf(first)));
        List<CFunction> others = functions.subList(1, functions.size());
        CExpr nothing = new CExpr.Constant(call.at(), 0, "");
        if (first.type().result().plain() == VoidType.VOID) {
            reading.conditions.branch(
                    nothing,
                    is,
                    () -> expand(call.at(), first, arguments),
                    () -> oneOf(call, pointer, others, arguments));
            return Nothing.NOTHING;
        }
        return reading.conditions.chosen(
                call.at(),
                is,
                nothing,
                () -> reading.access.number(call.at(), expand(call.at(), first, arguments)),
                () -> reading.access.number(call.at(), oneOf(call, pointer, others, arguments)));
    }

    private List<CValue> arguments(CExpr.Call call, CFunction function) {
        List<CValue> values = new ArrayList<>();
        List<Integer> moments = new ArrayList<>();
        List<Variable> parameters = function.parameters();
        for (CExpr argument : call.arguments()) {
            // That there is one too many is said when the function runs.
            CValue value = values.size() < parameters.size()
                    ? reading.expressions.value(
                            call.at(), argument, parameters.get(values.size()).type())
                    : reading.expressions.value(argument);
            values.add(reading.operands.read(argument, value));
            moments.add(reading.moments.now());
        }
        for (int i = 0; i < values.size(); i++) {
            reading.operands.readOthers(call.arguments().get(i), values.get(i), moments.get(i));
        }
        return values;
    }

    /** A call in its place, with a prefix for the names of its steps: its name, and the site whose address it is given. */
    CValue expand(Token at, CFunction function, List<CValue> arguments) {
        reading.deeper(at, CALL);
        try {
            return reading.valueAt(at, () -> expanded(at, function, arguments));
        } finally {
            reading.shallower(CALL);
        }
    }

    private CValue expanded(Token at, CFunction function, List<CValue> arguments) {
        reading.access.requireNoWait();
        if (isUnderWay(function)) {
            throw callsItself(at, function);
        }
        Optional<Site> site = siteOf(arguments);
        String label = reading.routine().callLabel(function.name(), site);
        CValue[] result = new CValue[1];
        if (label.isEmpty()) {
            String block = reading.routine().blockName(function.name());
            reading.recorder().block(block, () -> result[0] = run(at, function, arguments, Optional.of(block)));
            return reached(result[0]);
        }
        String text = function.name() + "(" + site.map(Site::name).orElse("") + ")";
        reading.recorder().call(label, text, () -> {
            reading.routine().enter(label, site);
            try {
                result[0] = run(at, function, arguments, Optional.empty());
            } finally {
                reading.routine().leave();
            }
        });
        return reached(result[0]);
    }

    /** What is said of recursion, directly or through others. */
    static RuntimeException callsItself(Token at, CFunction function) {
        return at.wrong(
                "the function " + function.name() + " calls itself, and functions are expanded where they are called",
                "write a loop");
    }

    private boolean isUnderWay(CFunction function) {
        for (Frame frame : reading.frames()) {
            if (frame.function.name().equals(function.name())) {
                return true;
            }
        }
        return false;
    }

    private CValue reached(CValue result) {
        if (reading.knowledge().isDead()) {
            throw new PlaceReader.DeadEnd();
        }
        return result;
    }

    /** The site whose address, as {@code POKE_ADDR} gives it, is the first among the arguments. */
    private Optional<Site> siteOf(List<CValue> arguments) {
        for (CValue argument : arguments) {
            for (Site site : reading.setting.sites()) {
                if (argument instanceof Num number && number.expr().equals(reading.addressOf(site))) {
                    return Optional.of(site);
                }
            }
        }
        return Optional.empty();
    }

    /** Runs a function here; a return leaves the block, or else the function of the recorder. */
    CValue run(Token at, CFunction function, List<CValue> arguments, Optional<String> returnBlock) {
        if (function.body().isEmpty()) {
            throw at.wrong("the function " + function.name() + " is declared, but not defined", "");
        }
        if (arguments.size() != function.parameters().size()) {
            throw at.wrong(
                    function.name() + " takes " + function.parameters().size() + " arguments, and here are "
                            + arguments.size(),
                    "it is defined at " + function.at().use());
        }
        Frame frame = new Frame(function, returnBlock, key(function));
        reading.frames().push(frame);
        boolean fallsThrough;
        try {
            for (int i = 0; i < arguments.size(); i++) {
                Variable parameter = function.parameters().get(i);
                CObject object = reading.local(parameter.at(), parameter.type());
                reading.access.store(parameter.at(), PlaceReader.whole(object), arguments.get(i), false);
            }
            reading.statements.block(function.body().get());
            fallsThrough = !reading.knowledge().isDead();
            reading.knowledge().join(frame.returned);
        } finally {
            reading.frames().pop();
        }
        return result(frame, function, fallsThrough);
    }

    private String key(CFunction function) {
        return reading.routine().name + "/" + reading.routine().path() + "/" + function.name() + "()";
    }

    private CValue result(Frame frame, CFunction function, boolean fallsThrough) {
        if (function.type().result().plain() == VoidType.VOID || !frame.hasResult()) {
            return Nothing.NOTHING;
        }
        if (fallsThrough && !reading.knowledge().isDead()) {
            // C leaves open what the value then is; who uses it has made a mistake.
            reading.routine().recorder.note(function.name() + "() may end without a value");
        }
        return reading.knowledge().isDead() ? Nothing.NOTHING : reading.access.load(function.at(), resultOf(frame));
    }

    /** Where the value of a call is kept: a variable of its own. */
    private static CPlace resultOf(Frame frame) {
        CType type = frame.function.type().result();
        return PlaceReader.whole(
                new CObject(frame.function.name() + "_value", frame.resultKey, type, CObject.Kind.LOCAL));
    }

    /** A return. */
    void leave(Token at, Optional<CValue> value) {
        Frame frame = reading.frame();
        value.filter(v -> v != Nothing.NOTHING).ifPresent(v -> {
            frame.setResult();
            reading.access.store(at, resultOf(frame), v, false);
        });
        frame.livesWithin(0).forEach(reading.statements::end);
        frame.returned.join(reading.knowledge());
        if (frame.returnBlock.isPresent()) {
            reading.recorder().leave(frame.returnBlock.get());
        } else {
            reading.recorder().leave();
        }
        reading.knowledge().die();
    }
}
