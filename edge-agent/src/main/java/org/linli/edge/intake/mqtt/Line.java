package org.linli.edge.intake.mqtt;

import io.netty.channel.ChannelHandlerContext;

/** The socket of one connection, as far as the door needs it. For the connection's event loop. */
interface Line {

  /** Name of the handler that hands on what was decoded; everything else stands before it. */
  String END = "handler";

  /** The context of that handler. */
  ChannelHandlerContext channel();

  /** Who is at the other end, for people. */
  String peer();

  /** By what clients are told apart before their ports are: an address, or the network of one. */
  String network();

  /** Once the other side has taken what was said last; whoever reads nothing can put that off. */
  void close();

  /** At once. */
  void cut();
}
