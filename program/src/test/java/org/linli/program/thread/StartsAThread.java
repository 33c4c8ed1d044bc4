package org.linli.program.thread;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;

/** What makes a thread without {@link LivingThreads}, for the rules of both programs. */
public final class StartsAThread {

  private StartsAThread() {}

  public static DescribedPredicate<JavaAccess<?>> predicate() {
    Set<String> made =
        Set.of(
            Thread.class.getName(),
            ThreadPoolExecutor.class.getName(),
            ScheduledThreadPoolExecutor.class.getName(),
            ForkJoinPool.class.getName(),
            Timer.class.getName());
    Set<String> calls =
        Set.of(
            "java.lang.Thread.ofVirtual",
            "java.lang.Thread.ofPlatform",
            "java.lang.Thread.startVirtualThread",
            "java.util.concurrent.CompletableFuture.runAsync",
            "java.util.concurrent.CompletableFuture.supplyAsync",
            "java.util.Collection.parallelStream",
            "java.util.List.parallelStream");
    return DescribedPredicate.describe(
        "starts a thread, an executor or a timer",
        access -> {
          String owner = access.getTarget().getOwner().getName();
          String name = access.getTarget().getName();
          return name.equals("<init>") && made.contains(owner)
              || owner.equals(Executors.class.getName()) && name.startsWith("new")
              || owner.endsWith(".ExecutorsUtil") && name.startsWith("new")
              || calls.contains(owner + "." + name);
        });
  }
}
