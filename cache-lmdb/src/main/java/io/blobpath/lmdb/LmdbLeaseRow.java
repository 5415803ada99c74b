package io.blobpath.lmdb;

import io.blobpath.cache.CacheCorruptedException;
import io.blobpath.cache.lease.LeaseName;
import io.blobpath.cache.lease.LeaseState;
import io.blobpath.cache.spi.LeaseClaim;
import io.blobpath.cache.spi.LeaseRenewal;
import io.blobpath.cache.spi.OwnerToken;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A lease as its row has it.
 *
 * @param name what it is about
 * @param owner who may renew and release it
 * @param fence the fence of the grant
 * @param renewals how often it was renewed, so that its version changes
 * @param lease how long it lasts without a renewal
 * @param since when it was granted, by the wall clock
 * @param progress what the holder told last
 * @param seat the holder's process
 * @param holder the holder in words
 */
record LmdbLeaseRow(
        LeaseName name,
        OwnerToken owner,
        long fence,
        long renewals,
        Duration lease,
        Instant since,
        long progress,
        LmdbPresence.Seat seat,
        String holder) {
    static LmdbLeaseRow granted(LeaseClaim claim, long fence, LmdbPresence.Seat seat) {
        return new LmdbLeaseRow(
                claim.name(), claim.owner(), fence, 0, claim.lease(), Instant.now(), 0, seat, claim.holder());
    }

    LmdbLeaseRow renewed(LeaseRenewal renewal) {
        return new LmdbLeaseRow(
                name, owner, fence, renewals + 1, renewal.lease(), since, renewal.progress(), seat, holder);
    }

    String version() {
        return fence + "." + renewals;
    }

    LeaseState state() {
        return new LeaseState(name, holder, fence, version(), lease, since, Optional.empty(), progress);
    }

    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(name.key());
            out.writeLong(owner.high());
            out.writeLong(owner.low());
            out.writeLong(fence);
            out.writeLong(renewals);
            out.writeLong(lease.toNanos());
            out.writeLong(since.toEpochMilli());
            out.writeLong(progress);
            out.writeInt(seat.number());
            out.writeLong(seat.nonce());
            out.writeUTF(holder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static LmdbLeaseRow decoded(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            return new LmdbLeaseRow(
                    LeaseName.ofKey(in.readUTF()),
                    new OwnerToken(in.readLong(), in.readLong()),
                    in.readLong(),
                    in.readLong(),
                    Duration.ofNanos(in.readLong()),
                    Instant.ofEpochMilli(in.readLong()),
                    in.readLong(),
                    new LmdbPresence.Seat(in.readInt(), in.readLong()),
                    in.readUTF());
        } catch (IOException | IllegalArgumentException e) {
            throw new CacheCorruptedException("a lease is not what this driver wrote; remove the file of leases", e);
        }
    }
}
