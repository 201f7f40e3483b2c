package db

import "testing"

func TestNetworkNames(t *testing.T) {
	for magic, want := range map[int64]string{
		0x6969: "NFS", 0xff534d42: "SMB", 0xfe534d42: "SMB", -11317950: "SMB", // sign-extended on 32 bits
		0x01021997: "9P", 0x65735546: "FUSE", 0xef53: "", 0x01021994: "", 0x9123683e: "", 0x794c7630: "",
	} {
		if got := networkName(magic); got != want {
			t.Errorf("%#x is %q, want %q", magic, got, want)
		}
	}
	if got := networkFileSystem(t.TempDir()); got != "" {
		t.Errorf("the tests run on %s, which a store refuses", got)
	}
}
