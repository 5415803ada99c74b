package io.blobpath.dynamodb;

import io.blobpath.cache.CacheConfig;
import io.blobpath.cache.Digest;
import io.blobpath.tck.FaultControl;
import io.blobpath.tck.TckHarness;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** One table for each store, behind a proxy of its own. */
final class DynamoDbHarness implements TckHarness, FaultControl {
    private static final Set<String> WRITES = Set.of("PutItem", "UpdateItem", "TransactWriteItems");

    private final TestTable table = TestTable.create();
    private final FaultProxy proxy = new FaultProxy();

    @Override
    public CacheConfig config() {
        return CacheConfig.of(table.options(proxy.endpoint()));
    }

    @Override
    public String sharedConfig() {
        return """
                {"driver": "dynamodb", "dynamodb": {"table": "%s", "region": "eu-central-1", "endpoint": "%s",
                 "accessKeyId": "test", "secretAccessKey": "%s"}}""".formatted(table.name(), proxy.endpoint(), TestTable.SECRET).replace('\n', ' ');
    }

    @Override
    public FaultControl faults() {
        return this;
    }

    @Override
    public int stampNewerSchema() {
        return table.stampNewerSchema();
    }

    @Override
    public Set<String> secrets() {
        return Set.of(TestTable.SECRET);
    }

    @Override
    public void damage(Digest digest) {
        table.damage(digest);
    }

    @Override
    public void wipe() {
        table.wipe();
    }

    @Override
    public void close() {
        proxy.close();
        table.delete();
    }

    @Override
    public void cut() {
        proxy.cut();
    }

    @Override
    public void mend() {
        proxy.mend();
    }

    /** The driver hides a reply that is merely lost by asking again; so this one comes, and tells nothing. */
    @Override
    public void loseNextReply() {
        AtomicBoolean lost = new AtomicBoolean();
        proxy.script(ask -> WRITES.contains(ask.operation()) && lost.compareAndSet(false, true)
                ? FaultProxy.Fate.fails(400, "ReplyLost", true)
                : FaultProxy.Fate.PASS);
    }
}
