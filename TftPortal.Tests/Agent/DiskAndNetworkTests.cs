using TftPortal.Agent.Readings;

namespace TftPortal.Tests.Agent;

public sealed class DiskAndNetworkTests : IDisposable
{
    private readonly AHost host = new();

    [Fact]
    public async Task Disk_is_counted_as_df_counts_it_without_what_is_kept_for_root()
    {
        Assert.Equal(60 / 90.0 * 100, (await host.FirstReadingAsync(host.Reader()))[HostMetric.DiskUsage], 9);
    }

    [Fact]
    public async Task The_fullest_local_file_system_is_the_one_that_counts()
    {
        host.Write("proc/mounts", "/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /var/lib/my\\040data xfs rw,noatime 0 0\n/dev/sdc1 /home btrfs rw 0 0\n");
        host.Disks["/var/lib/my data"] = new(100, 8, 8);
        host.Disks["/home"] = new(100, 90, 90);
        Assert.Equal(92, (await host.FirstReadingAsync(host.Reader()))[HostMetric.DiskUsage], 9);
    }

    [Theory]
    [InlineData("/dev/loop3 /snap/core/1 squashfs ro 0 0")]
    [InlineData("tmpfs /run tmpfs rw,nosuid 0 0")]
    [InlineData("files.example:/export /mnt nfs4 rw 0 0")]
    [InlineData("overlay /var/lib/docker/overlay2/x/merged overlay rw 0 0")]
    [InlineData("/dev/sr0 /media/cdrom ext4 ro,relatime 0 0")]
    [InlineData("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0")]
    [InlineData("/dev/sda1 /srv/bound ext4 rw 0 0")] // the root's device again, bound to another folder
    public async Task A_full_image_memory_share_or_second_view_of_a_disk_does_not_count(string mount)
    {
        host.Write("proc/mounts", $"/dev/sda1 / ext4 rw 0 0\n{mount}\n");
        host.Disks[mount.Split(' ')[1]] = new(100, 0, 0);
        Assert.Equal(60 / 90.0 * 100, (await host.FirstReadingAsync(host.Reader()))[HostMetric.DiskUsage], 9);
    }

    [Fact]
    public async Task A_container_has_the_disk_of_its_overlay()
    {
        host.Write("proc/mounts", "overlay / overlay rw,relatime 0 0\n");
        Assert.True((await host.FirstReadingAsync(host.Reader())).Has(HostMetric.DiskUsage));
    }

    [Fact]
    public async Task A_file_system_that_may_not_be_asked_hides_no_other()
    {
        host.Write("proc/mounts", "/dev/sdb1 /secret ext4 rw 0 0\n/dev/sda1 / ext4 rw 0 0\n");
        var reading = await host.FirstReadingAsync(host.Reader());
        Assert.True(reading.Has(HostMetric.DiskUsage));
        Assert.Empty(reading.NewFaults);
    }

    [Fact]
    public async Task Network_is_megabytes_a_second_without_loopback()
    {
        host.Traffic(("lo", 0, 0), ("eth0", 1_000_000, 500_000));
        var reading = await host.FirstReadingAsync(host.Reader(), () => host.Traffic(("lo", 9_000_000_000, 9_000_000_000), ("eth0", 13_500_000, 700_000)));
        Assert.Equal(12.5, reading[HostMetric.NetIn], 9);
        Assert.Equal(0.2, reading[HostMetric.NetOut], 9);
    }

    [Fact]
    public async Task A_byte_that_passes_a_bridge_a_bond_and_a_card_counts_once()
    {
        host.Interface("eth1", isCard: true, master: "bond0");
        host.Interface("bond0", isCard: false);
        host.Interface("docker0", isCard: false);
        host.Interface("veth12", isCard: false);
        host.Traffic(("eth0", 0, 0), ("eth1", 0, 0), ("bond0", 0, 0), ("docker0", 0, 0), ("veth12", 0, 0));
        var reading = await host.FirstReadingAsync(host.Reader(), () =>
            host.Traffic(("eth0", 1_000_000, 0), ("eth1", 1_000_000, 0), ("bond0", 1_000_000, 0), ("docker0", 1_000_000, 0), ("veth12", 1_000_000, 0)));
        Assert.Equal(2, reading[HostMetric.NetIn], 9);
    }

    [Fact]
    public async Task A_card_that_works_for_another_card_counts_once()
    {
        host.Interface("enP1", isCard: true, master: "eth0");
        host.Traffic(("eth0", 0, 0), ("enP1", 0, 0));
        var reading = await host.FirstReadingAsync(host.Reader(), () => host.Traffic(("eth0", 3_000_000, 0), ("enP1", 3_000_000, 0)));
        Assert.Equal(3, reading[HostMetric.NetIn], 9);
    }

    [Fact]
    public async Task A_container_without_cards_counts_its_own_interface()
    {
        using var container = new AHost();
        Directory.Delete(Path.Combine(container.Root, "sys"), recursive: true);
        container.Traffic(("lo", 0, 0), ("eth0", 0, 0), ("docker0", 0, 0));
        var reading = await container.FirstReadingAsync(container.Reader(), () => container.Traffic(("lo", 5_000_000, 0), ("eth0", 2_000_000, 0), ("docker0", 2_000_000, 0)));
        Assert.Equal(2, reading[HostMetric.NetIn], 9);
    }

    [Fact]
    public async Task Network_is_left_out_not_zero_when_a_counter_starts_again()
    {
        var reader = host.Reader();
        await host.FirstReadingAsync(reader);
        host.Traffic(("eth0", 100, 100));
        var reading = await host.NextReadingAsync(reader, TimeSpan.FromSeconds(10));
        Assert.False(reading.Has(HostMetric.NetIn));
        Assert.False(reading.Has(HostMetric.NetOut));

        host.Traffic(("eth0", 10_000_100, 100));
        Assert.Equal(1, (await host.NextReadingAsync(reader, TimeSpan.FromSeconds(10)))[HostMetric.NetIn], 9);
    }

    [Fact]
    public async Task Close_wait_on_a_listening_port_is_front_and_any_other_is_back()
    {
        const string any = "00000000", any6 = "00000000000000000000000000000000", mapped = "0000000000000000FFFF00000100007F";
        host.Write("proc/net/tcp", AHost.Connections((any, 8080, "0A"), ("0100007F", 8080, "08"), ("0100007F", 8080, "01"), ("0100007F", 40000, "08"), ("0100007F", 40001, "08")));
        host.Write("proc/net/tcp6", AHost.Connections((any6, 443, "0A"), (mapped, 443, "08"), (mapped, 443, "08"), (mapped, 51000, "08")));
        var reading = await host.FirstReadingAsync(host.Reader());
        Assert.Equal(3, reading[HostMetric.FrontCloseWait]);
        Assert.Equal(3, reading[HostMetric.BackCloseWait]);
    }

    [Fact]
    public async Task A_host_without_ipv6_and_without_waiting_connections_has_zero_of_them()
    {
        var reading = await host.FirstReadingAsync(host.Reader());
        Assert.Equal(0, reading[HostMetric.FrontCloseWait]);
        Assert.Equal(0, reading[HostMetric.BackCloseWait]);
        Assert.Empty(reading.NewFaults);
    }

    [Fact]
    public async Task A_hundred_thousand_connections_are_all_counted()
    {
        host.Write("proc/net/tcp", AHost.Connections([("00000000", 80, "0A"), .. Enumerable.Repeat(("0100007F", 80, "08"), 100_000)]));
        Assert.Equal(100_000, (await host.FirstReadingAsync(host.Reader()))[HostMetric.FrontCloseWait]);
    }

    public void Dispose() => host.Dispose();
}
