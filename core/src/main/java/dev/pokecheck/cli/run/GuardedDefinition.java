// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Setting;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records with code of the user, whose faults are not ours: whatever it throws, if it never ends, if it ends the program, and if it records
 * another protocol each time, is a complaint about that code.
 */
public final class GuardedDefinition implements Protocol.Definition {
    /** Shipped protocols take milliseconds. */
    private static final long SECONDS = 20;

    /** Packages whose complaints are about the line that called them. */
    private static final String OURS = "dev\\.pokecheck\\.(protocol|data|text|insn|step|machine)\\..*";

    private final String place;
    private final String name;
    private final Protocol.Definition own;
    /** What it was recorded for, twice. */
    private final Set<Setting> compared = new LinkedHashSet<>();

    /**
     * @param place what complaints begin with
     * @param name what records, in complaints
     */
    public GuardedDefinition(String place, String name, Protocol.Definition own) {
        this.place = place;
        this.name = name;
        this.own = own;
    }

    @Override
    public void record(ProtocolBuilder builder) {
        if (compared.add(builder.setting())) {
            compare(builder.setting());
        }
        run(() -> own.record(builder));
    }

    private void compare(Setting setting) {
        String first = fingerprint(setting);
        if (!first.equals(fingerprint(setting))) {
            throw wrong(
                    "records another protocol each time it is called; a recording must not depend on chance, the time, or what"
                            + " was recorded before");
        }
    }

    private String fingerprint(Setting setting) {
        String[] print = {""};
        run(() -> print[0] = Fingerprint.of(Protocol.record(name, setting, own)));
        return print[0];
    }

    private void run(Runnable recording) {
        FutureTask<Boolean> task = new FutureTask<>(recording, true);
        Thread thread = new Thread(task, "recording");
        thread.setDaemon(true);
        try {
            thread.start();
            task.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw endless(thread.getStackTrace());
        } catch (ExecutionException e) {
            throw failed(
                    e.getCause() instanceof UndeclaredThrowableException method ? method.getCause() : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a protocol was recorded", e);
        }
    }

    /** What has not ended: a class that is being initialised, or else the recording itself. */
    private UsageException endless(StackTraceElement... running) {
        String late = " has not ended after " + SECONDS + " seconds; ";
        return Stream.of(running)
                .filter(it -> it.getMethodName().equals("<clinit>"))
                .findFirst()
                .map(it -> new UsageException(place + ": the static initialiser of " + it.getClassName() + late
                        + "initialise what ends, as it runs before anything is recorded"))
                .orElseGet(() -> new UsageException(place + ": " + name + late
                        + "a recording runs once, and loops of the protocol are whileTrue or forever"));
    }

    private UsageException failed(@Nullable Throwable thrown) {
        if (thrown instanceof UsageException complaint) {
            return complaint;
        }
        Throwable cause = thrown == null ? new IllegalStateException("nothing") : thrown;
        Optional<String> line = line(cause);
        boolean refused = cause instanceof IllegalArgumentException
                && cause.getStackTrace().length > 0
                && cause.getStackTrace()[0].getClassName().matches(OURS);
        if (refused && line.isPresent()) {
            return new UsageException(place + ": " + line.get() + ": " + cause.getMessage());
        }
        return wrong("failed: " + cause + line.map(it -> " (" + it + ")").orElse(""));
    }

    /** The line of the user's that was called last. */
    private static Optional<String> line(Throwable cause) {
        return Stream.of(cause.getStackTrace())
                .filter(it ->
                        !it.getClassName().matches(OURS) && !it.getClassName().matches("(java|jdk|sun)\\..*"))
                .filter(it -> !it.getClassName().startsWith(GuardedDefinition.class.getName()))
                .findFirst()
                .map(it -> it.getFileName() + ":" + it.getLineNumber());
    }

    private UsageException wrong(String what) {
        return new UsageException(place + ": " + name + " " + what);
    }
}
