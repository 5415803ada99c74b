package io.blobpath.redis;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.redisson.client.NettyHook;
import org.redisson.client.RedisReconnectedException;
import org.redisson.client.RedisTimeoutException;
import org.redisson.client.handler.CommandDecoder;
import org.redisson.client.handler.CommandsQueue;
import org.redisson.client.protocol.CommandData;
import org.redisson.client.protocol.CommandsData;
import org.redisson.client.protocol.QueueCommand;
import org.redisson.client.protocol.QueueCommandHolder;

/**
 * Stands beside Redisson's queue of the commands that a connection has not answered, and adds what it lacks:
 *
 * <ul>
 *   <li>When the connection ends, these commands fail at once. Redisson lets each wait for its whole timeout.
 *   <li>When a command was not answered in time, the connection ends. Redisson goes on to use it; but answers carry no name,
 *       and if half a batch had been answered by then, it would give the late half to the commands that came after.
 * </ul>
 */
@Sharable
final class RedisChannelGuard extends ChannelDuplexHandler {
    private static final RedisChannelGuard GUARD = new RedisChannelGuard();

    private RedisChannelGuard() {}

    /** Puts the guard into each connection that carries commands; those that carry only messages have another queue. */
    static NettyHook hook() {
        return new NettyHook() {
            @Override
            public void afterBoostrapInitialization(Bootstrap bootstrap) {
                // There is nothing to set for all connections.
            }

            @Override
            public void afterChannelInitialization(Channel channel) {
                ChannelHandlerContext queue = channel.pipeline().context(CommandsQueue.class);
                if (queue != null) {
                    channel.pipeline().addBefore(queue.name(), null, GUARD);
                }
            }
        };
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise written) throws Exception {
        CompletableFuture<?> answer = answer(message);
        if (answer != null) {
            var unused = answer.whenComplete((result, failure) -> endIfLate(context, failure));
        }
        super.write(context, message, written);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        for (QueueCommandHolder unanswered :
                context.channel().attr(CommandsQueue.COMMANDS_QUEUE).get()) {
            QueueCommand command = unanswered.getCommand();
            command.tryFailure(new RedisReconnectedException("the connection ended before the answer"));
        }
        // The rest of a half answer is nobody's; the decoder would log an error for each of its lines.
        if (context.pipeline().get(CommandDecoder.class) != null) {
            context.pipeline().remove(CommandDecoder.class);
        }
        super.channelInactive(context);
    }

    private static void endIfLate(ChannelHandlerContext context, @Nullable Throwable failure) {
        if (failure instanceof RedisTimeoutException || failure instanceof CancellationException) {
            var unused = context.close();
        }
    }

    private static @Nullable CompletableFuture<?> answer(Object message) {
        if (message instanceof CommandData<?, ?> command) {
            return command.getPromise();
        }
        return message instanceof CommandsData batch ? batch.getPromise() : null;
    }
}
