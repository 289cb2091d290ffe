// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/**
 * Which incidents a machine watches for that need memory of the past; each makes states larger and more.
 *
 * @param stale {@link Incident#STALE}
 * @param backwards {@link Incident#BACKWARDS}
 * @param group {@link Incident#GROUP}
 */
public record Watch(boolean stale, boolean backwards, boolean group) {
    /** All of them. */
    public static final Watch ALL = new Watch(true, true, true);
    /** None of them. */
    public static final Watch NOTHING = new Watch(false, false, false);
}
