using System.Collections.Immutable;

namespace TftPortal.Agent.Readings;

/// <summary>
/// Tells which network interfaces count, so that no byte counts twice. What passes a bridge, a bond, a VLAN, a tunnel or a container's veth
/// passes a network card too: where the host has cards, only they count. A card that belongs to another card (accelerated networking in a cloud) is counted by its master.
/// A host without cards (a container) counts all but loopback and the kinds that merely stand for others.
/// </summary>
/// <param name="root">The folder that <c>sys</c> lies in.</param>
internal sealed class NetworkInterfaces(string root)
{
    private static readonly ImmutableArray<string> StandIns =
        ["bond", "br-", "cali", "cilium", "cni", "docker", "dummy", "flannel", "gre", "ifb", "lxcbr", "sit", "tap", "team", "tun", "veth", "virbr", "vxlan", "wg"];

    /// <summary>Those of the interfaces that count.</summary>
    public IReadOnlyCollection<string> Counted(IEnumerable<string> names)
    {
        List<string> real = [.. names.Where(name => name != "lo")];
        List<string> cards = [.. real.Where(IsCard)];
        return cards.Count > 0
            ? [.. cards.Where(card => MasterOf(card) is not { } master || !cards.Contains(master))]
            : [.. real.Where(name => !name.Contains('.') && !StandIns.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal)))];
    }

    private bool IsCard(string name) => Directory.Exists(Path.Combine(root, "sys/class/net", name, "device"));

    private string? MasterOf(string name) =>
        Path.GetFileName(new DirectoryInfo(Path.Combine(root, "sys/class/net", name, "master")).LinkTarget);
}
