package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;

/** The socket of one connection, as the door needs it. For the connection's event loop. */
interface ClientSocket {

  /** Name of the handler that receives decoded packets; all others are added before it. */
  String END = "handler";

  /** The context of that handler. */
  ChannelHandlerContext channel();

  /** The remote address, for people. */
  String peer();

  /** The address or network by which clients are grouped. */
  String network();

  /** Closes after pending data was sent; a client that does not read can delay that. */
  void close();

  /** Closes at once. */
  void cut();
}
