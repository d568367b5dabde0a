package dev.slipway.schedule.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.slipway.model.AppName;
import dev.slipway.model.Limits;
import dev.slipway.model.OneOff;
import dev.slipway.model.ProcessName;
import dev.slipway.model.ProcessSpec;
import dev.slipway.model.RestartPolicy;
import dev.slipway.model.SandboxUser;
import dev.slipway.model.StorageMount;
import dev.slipway.model.UserException;
import dev.slipway.sandbox.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The records of processes on disk: {@code ID/process.json}, for root's eyes only, since environments hold secrets. */
final class ProcessRecords {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessRecords.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    ProcessRecords(Path directory) {
        this.directory = directory;
    }

    void write(ProcessRecord record) {
        try {
            PrivateFiles.directory(directory.resolve(record.id()));
            PrivateFiles.replace(file(record.id()), json(record).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String id) {
        try {
            PrivateFiles.deleteTree(directory.resolve(id));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Every record there is. A directory without one is what a killed daemon left before it had done anything; a record that is
     * not whole is what a power cut left, and the processes went with the power: both go.
     */
    List<ProcessRecord> all() {
        List<ProcessRecord> records = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return records;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                readOrRemove(entry).ifPresent(records::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static Optional<ProcessRecord> readOrRemove(Path entry) throws IOException {
        Path file = entry.resolve("process.json");
        if (Files.exists(file)) {
            try {
                return Optional.of(read(file));
            } catch (JsonProcessingException | IllegalArgumentException | UserException e) {
                LOG.error("{} cannot be read, so its process is removed", file, e);
            }
        }
        PrivateFiles.deleteTree(entry);
        return Optional.empty();
    }

    private Path file(String id) {
        return directory.resolve(id).resolve("process.json");
    }

    private static ObjectNode json(ProcessRecord record) {
        ProcessSpec spec = record.spec();
        ProcessRecord.Run run = record.current();
        ObjectNode json = JSON.createObjectNode();
        json.put("id", record.id())
                .put("run", record.run())
                .put("phase", record.phase().name());
        json.put("kept", record.kept()).put("failures", record.failures()).put("restarts", record.restarts());
        json.put("app", spec.app().value()).put("name", spec.name().toString()).put("release", spec.release());
        json.put("tree", spec.tree().toString()).put("command", spec.command());
        json.put("user", spec.user().uid());
        json.set("environment", JSON.valueToTree(spec.environment()));
        json.set("limits", JSON.valueToTree(spec.limits()));
        json.put("restart", spec.restart().toString()).put("logBytes", spec.logBytes());
        ArrayNode mounts = json.putArray("mounts");
        spec.mounts().forEach(mount -> mounts.add(mount.toString()));
        spec.oneOff()
                .ifPresent(oneOff -> json.putObject("oneOff")
                        .put("shown", oneOff.shown())
                        .put("cron", oneOff.cron())
                        .put("longest", oneOff.longest().toString())
                        .put("keeps", oneOff.keeps())
                        .set("words", JSON.valueToTree(oneOff.words())));
        json.put("address", run.address()).put("pid", run.pid()).put("startTicks", run.startTicks());
        json.put("boot", run.boot());
        json.put("startedAt", run.startedAt().toString()).put("next", run.next().toString());
        return json;
    }

    private static ProcessRecord read(Path file) throws IOException {
        JsonNode json = JSON.readTree(Files.readString(file));
        ProcessRecord.Run run = new ProcessRecord.Run(
                json.required("address").asText(),
                json.required("pid").asLong(),
                json.required("startTicks").asLong(),
                json.required("boot").asText(),
                Instant.parse(json.required("startedAt").asText()),
                Instant.parse(json.required("next").asText()));
        return new ProcessRecord(
                json.required("id").asText(),
                json.required("run").asText(),
                spec(json),
                ProcessRecord.Phase.valueOf(json.required("phase").asText()),
                run,
                json.required("kept").asBoolean(),
                json.required("failures").asInt(),
                json.required("restarts").asInt());
    }

    private static ProcessSpec spec(JsonNode json) throws IOException {
        List<StorageMount> mounts = new ArrayList<>();
        json.path("mounts").forEach(mount -> mounts.add(StorageMount.parse(mount.asText())));
        return new ProcessSpec(
                new AppName(json.required("app").asText()),
                ProcessName.parse(json.required("name").asText()),
                json.required("release").asInt(),
                Path.of(json.required("tree").asText()),
                json.required("command").asText(),
                JSON.convertValue(json.required("environment"), new TypeReference<Map<String, String>>() {}),
                new SandboxUser(json.required("user").asInt()),
                JSON.treeToValue(json.required("limits"), Limits.class),
                // What wrote no policy knew no other.
                RestartPolicy.parse(json.path("restart").asText(RestartPolicy.ON_FAILURE_10.toString())),
                mounts,
                json.path("logBytes").asLong(10 * 1024 * 1024),
                oneOff(json.path("oneOff")));
    }

    private static Optional<OneOff> oneOff(JsonNode json) {
        return json.isMissingNode()
                ? Optional.empty()
                : Optional.of(new OneOff(
                        JSON.convertValue(json.required("words"), new TypeReference<List<String>>() {}),
                        json.required("shown").asText(),
                        json.required("cron").asText(),
                        Duration.parse(json.required("longest").asText()),
                        json.path("keeps").asBoolean()));
    }
}
