package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.exec.Result;
import dev.slipway.proxy.Generation;
import dev.slipway.proxy.Worker;
import dev.slipway.proxy.Workers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkersCommandTest extends AtDesk {

    private static final Generation SERVING = new Generation(
            1,
            Optional.empty(),
            List.of(
                    new Worker(812, Duration.ofMinutes(125), 2, 3, 8 << 20),
                    new Worker(813, Duration.ofMinutes(125), 0, 1, 9_000_000)));

    private static Generation draining(int number) {
        Worker worker = new Worker(700 - number, Duration.ofHours(76), 1, 1, 10 << 20);
        return new Generation(number, Optional.of(Duration.ofMinutes(125)), List.of(worker));
    }

    @Test
    void everyWorkerHasALineAndEveryGenerationATotal() {
        desk.proxy().have(new Workers(List.of(SERVING, draining(2))));

        assertThat(desk.run("nginx:workers")).isEqualTo(new Result(0, """
                =====> nginx workers
                       generation  state     pid             age  draining   clients  upstreams       memory
                       1           serving   812            2h5m         -         2          3      8.0 MiB
                       1           serving   813            2h5m         -         0          1      8.6 MiB
                       1           serving   total 2        2h5m         -         2          4     16.6 MiB
                       2           draining  698            3d4h      2h5m         1          1     10.0 MiB
                       2           draining  total 1        3d4h      2h5m         1          1     10.0 MiB
                """, ""));
    }

    @Test
    void programsGetTheSameAsJson() {
        desk.proxy().have(new Workers(List.of(SERVING, draining(2))));

        assertThat(desk.ok("nginx:workers", "--format", "json"))
                .startsWith("[{\"generation\":1,\"state\":\"serving\",\"age_seconds\":7500,\"client_sockets\":2,"
                        + "\"upstream_sockets\":4,\"memory_bytes\":17388608,\"workers\":[{\"pid\":812,")
                .endsWith(",{\"generation\":2,\"state\":\"draining\",\"age_seconds\":273600,\"draining_seconds\":7500,"
                        + "\"client_sockets\":1,\"upstream_sockets\":1,\"memory_bytes\":10485760,\"workers\":"
                        + "[{\"pid\":698,\"age_seconds\":273600,\"client_sockets\":1,\"upstream_sockets\":1,"
                        + "\"memory_bytes\":10485760}]}]\n");
    }

    @Test
    void moreThanTenReplacedGenerationsAreAWarning() {
        List<Generation> ten = Stream.concat(
                        Stream.of(SERVING), IntStream.rangeClosed(2, 11).mapToObj(WorkersCommandTest::draining))
                .toList();
        desk.proxy().have(new Workers(ten));
        assertThat(desk.run("nginx:workers").err()).isEmpty();

        desk.proxy()
                .have(new Workers(
                        Stream.concat(ten.stream(), Stream.of(draining(12))).toList()));
        Result result = desk.run("nginx:workers");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEqualTo("""
                 !     nginx keeps 11 replaced generations of workers for 11 open sockets: 110.0 MiB of memory.
                 !     They end with their sockets. Have clients reconnect now and then, deploy less often, or set an age at which sockets are cut:
                 !     dokku nginx:set --global worker-max-age 6h (dokku nginx:workers lists them)
                """);
    }

    @Test
    void aSpanIsTheTwoLargestUnitsOfIt() {
        assertThat(Stream.of(12, 421, 3_600, 273_600).map(Duration::ofSeconds).map(WorkersCommand::span))
                .containsExactly("12s", "7m1s", "1h0m", "3d4h");
    }
}
