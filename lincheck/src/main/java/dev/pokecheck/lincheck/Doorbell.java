// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/** Where threads sleep that have nothing to do before something changes. */
final class Doorbell {
    private final SharedWords words;
    private final int changes;
    private final int waiters;

    /**
     * @param words the words that tell of changes
     * @param changes the number of the word that counts them
     * @param waiters the number of the word that counts those who sleep, or are about to
     */
    Doorbell(SharedWords words, int changes, int waiters) {
        this.words = words;
        this.changes = changes;
        this.waiters = waiters;
    }

    /** Wakes everybody. Who changes something counts the change first, and rings if there are waiters then. */
    void ring() {
        synchronized (this) {
            notifyAll();
        }
    }

    /** Sleeps until the count of changes is another than {@code seen}. */
    void await(int seen) {
        words.add(waiters, 1);
        try {
            synchronized (this) {
                while (words.load(changes) == seen) {
                    wait();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for another CPU", e);
        } finally {
            words.add(waiters, -1);
        }
    }
}
