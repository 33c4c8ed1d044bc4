package org.linli.edge.picture;

import java.nio.file.Path;

/** The folder of the pictures; created when the first one comes. */
public record PictureFolder(Path path) {}
