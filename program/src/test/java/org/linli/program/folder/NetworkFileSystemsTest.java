package org.linli.program.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkFileSystemsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nfs",
        "nfs4",
        "NFS",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "fuse.sshfs",
        "fuse.glusterfs",
        "fuse.ceph-fuse",
        "lustre"
      })
  void includeWhatLiesOnAnotherMachine(String type) {
    assertThat(NetworkFileSystems.include(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ext4",
        "xfs",
        "btrfs",
        "zfs",
        "overlay",
        "tmpfs",
        "apfs",
        "NTFS",
        "f2fs",
        "fuse.lxcfs",
        "fuseblk",
        ""
      })
  void includeNoDiskOfThisMachine(String type) {
    assertThat(NetworkFileSystems.include(type)).isFalse();
  }

  @Test
  void tellWhatAFolderLiesOnAlsoBeforeItIsMade(@TempDir Path folder) {
    assertThat(NetworkFileSystems.typeAt(folder))
        .hasValueSatisfying(type -> assertThat(type).isNotBlank())
        .isEqualTo(NetworkFileSystems.typeAt(folder.resolve("not/yet/made")));
  }
}
