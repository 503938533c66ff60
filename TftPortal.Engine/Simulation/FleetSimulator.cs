using System.Collections.Immutable;
using System.Globalization;
using TftPortal.Engine.Fleet;

namespace TftPortal.Engine.Simulation;

/// <summary>A simulated fleet: servers spread over the seven profiles, with the names that their profiles are told from, all from one seed.</summary>
public sealed class FleetSimulator
{
    // The order in which a small fleet gets its profiles: what most fleets have comes first.
    private static readonly ServerProfile[] Spread =
    [
        ServerProfile.WebApi, ServerProfile.Database, ServerProfile.MlCompute, ServerProfile.Generic, ServerProfile.DataIngest, ServerProfile.RiskAnalytics, ServerProfile.ConductorManagement,
    ];

    private static readonly string[] GenericNames = ["ppfile", "ppmail", "ppbuild", "ppproxy", "ppdns", "ppjump", "pplog"];

    /// <summary>Draws a fleet.</summary>
    /// <param name="servers">How many servers, 1 to 100,000.</param>
    /// <param name="seed">Decides everything.</param>
    /// <param name="quietShare">Share of servers that are nearly idle, 0–1; .2 by default.</param>
    /// <param name="troubledShare">Share of servers that are hot and full of incidents, 0–1; none by default, some are instructive in training.</param>
    public FleetSimulator(int servers, int seed, double quietShare = .2, double troubledShare = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(servers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(servers, 100_000);
        var dice = new Dice(seed, -1);
        var drawn = ImmutableArray.CreateBuilder<ServerSimulator>(servers);
        for (var index = 0; index < servers; index++)
        {
            var profile = Spread[index % Spread.Length];
            var lot = dice.Uniform();
            var temper = lot < troubledShare ? ServerTemper.Troubled : lot < troubledShare + quietShare ? ServerTemper.Quiet : ServerTemper.Ordinary;
            drawn.Add(new(NameOf(profile, index), profile, dice.Whole(0, int.MaxValue - 1), temper: temper));
        }

        Servers = drawn.MoveToImmutable();
    }

    /// <summary>The servers.</summary>
    public ImmutableArray<ServerSimulator> Servers { get; }

    // Numbered from 101: a real fleet beside it, which counts from 1, keeps its names.
    private static string NameOf(ServerProfile profile, int index)
    {
        var number = (index / Spread.Length) + 101;
        var prefix = profile switch
        {
            ServerProfile.MlCompute => "ppml",
            ServerProfile.Database => "ppdb",
            ServerProfile.WebApi => "ppweb",
            ServerProfile.ConductorManagement => "ppcon",
            ServerProfile.DataIngest => "ppetl",
            ServerProfile.RiskAnalytics => "pprisk",
            _ => GenericNames[(number - 101) % GenericNames.Length],
        };
        return string.Create(CultureInfo.InvariantCulture, $"{prefix}{number}");
    }
}
