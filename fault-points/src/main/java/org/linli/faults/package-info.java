/**
 * A Java agent for tests: it kills one of Linli's programs at a named point of its work, breaks one
 * of its promises (sabotage), or shifts its clock. The programs contain none of this; the agent
 * changes their classes while they are loaded. No image, archive or program contains this jar.
 *
 * <pre>
 *   java -javaagent:fault-points/target/fault-points.jar=kill:agent.before-fsync:3 -jar edge-agent.jar
 * </pre>
 *
 * @see <a href="../../../../../../../docs/decisions/0021-fault-points-and-power-cuts.md">decision
 *     0021</a>
 */
@NullMarked
package org.linli.faults;

import org.jspecify.annotations.NullMarked;
