package org.linli.edge.picture;

import java.nio.file.Path;

/** Where pictures are kept; made when the first one comes. */
public record PictureFolder(Path path) {}
