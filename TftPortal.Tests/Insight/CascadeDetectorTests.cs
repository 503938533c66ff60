using CsCheck;
using TftPortal.Engine.Fleet;

namespace TftPortal.Tests.Insight;

public class CascadeDetectorTests
{
    [Fact]
    public void The_alerts_of_a_server_are_one_incident_while_they_last()
    {
        var fleet = new AFleet(AFleet.Named("web", 10)).Raise("mem_used_pct", "web-001");
        var first = Assert.Single(fleet.Incidents);

        fleet.After(60).Raise("disk_usage_pct", "web-001");

        var incident = Assert.Single(fleet.Incidents);
        Assert.Equal((first.Id, first.StartedAt), (incident.Id, incident.StartedAt));
        Assert.Equal(2, incident.Alerts.Length);
        Assert.StartsWith("web-001: 2 alerts; the worst: web-001: memory", incident.Message, StringComparison.Ordinal);
        Assert.NotEqual(first.Id, fleet.Clear("web-001").After(10).Raise("mem_used_pct", "web-001").Incidents.Single().Id);
    }

    [Fact]
    public void Forty_servers_behind_one_dead_switch_are_one_incident()
    {
        var fleet = new AFleet([.. AFleet.Named("web", 100), .. AFleet.Named("db", 100)]).Raise("back_close_wait", AFleet.Named("web", 40));

        var incident = Assert.Single(fleet.Incidents);
        Assert.Equal(40, incident.Servers.Length);
        Assert.StartsWith("40 servers together (web-001 to web-040) with back_close_wait; the worst: ", incident.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_are_they_where_a_few_show_it_first_and_the_first_ones_incidents_go_on_in_it()
    {
        var fleet = new AFleet([.. AFleet.Named("web", 100), .. AFleet.Named("db", 100)]).Raise("load_average", "web-001", "db-050");
        var first = fleet.Incidents.Select(incident => incident.Id).ToList();

        fleet.After(.5).Raise("load_average", AFleet.Named("web", 40).Skip(1)).After(3).Raise("load_average", "web-041");

        var cascade = Assert.Single(fleet.Incidents);
        Assert.Equal(42, cascade.Servers.Length);
        Assert.Equal(first.Order(), cascade.Absorbed.Prepend(cascade.Id).Order());
    }

    [Fact]
    public void An_outage_of_the_whole_fleet_is_one_incident_whatever_each_server_shows()
    {
        string[] metrics = ["mem_used_pct", "load_average", "cpu_iowait_pct", "disk_usage_pct"], prefixes = ["web", "db", "etl", "risk"];
        var fleet = new AFleet([.. AFleet.Named("web", 50), .. AFleet.Named("db", 50), .. AFleet.Named("etl", 50), .. AFleet.Named("risk", 50)]);
        for (var wave = 0; wave < 4; wave++) fleet.After(.5).Raise(metrics[wave], prefixes.SelectMany(prefix => AFleet.Named(prefix, 50).Skip(wave * 12).Take(12)));

        Assert.Equal(192, Assert.Single(fleet.Incidents).Servers.Length);
    }

    [Fact]
    public void A_slow_trickle_of_unrelated_alerts_stays_as_many_incidents()
    {
        string[] metrics = ["mem_used_pct", "load_average", "cpu_iowait_pct", "disk_usage_pct", "swap_used_pct", "cpu_used_pct"], prefixes = ["web", "db", "etl", "risk"];
        var fleet = new AFleet(prefixes.SelectMany(prefix => AFleet.Named(prefix, 50)));
        var random = new Random(17);
        for (var alert = 0; alert < 100; alert++) fleet.After(2 + (6 * random.NextDouble())).Raise(metrics[random.Next(6)], $"{prefixes[alert % 4]}-{(alert / 4) + 1:000}");

        Assert.Equal(100, fleet.Incidents.Length);
    }

    [Theory]
    [InlineData(3, 3)] // within what chance brings in a fleet of 200
    [InlineData(5, 1)]
    public void The_same_metric_on_a_few_servers_within_minutes_is_one_trouble_from_five_on(int servers, int incidents)
    {
        string[] prefixes = ["web", "db", "etl", "risk", "app"];

        Assert.Equal(incidents, new AFleet(prefixes.SelectMany(prefix => AFleet.Named(prefix, 40))).Raise("load_average", prefixes.Take(servers).Select(prefix => $"{prefix}-001")).Incidents.Length);
    }

    [Fact]
    public void All_three_servers_of_a_name_within_minutes_are_one_trouble_whatever_each_shows()
    {
        var fleet = new AFleet([.. AFleet.Named("web", 100), .. AFleet.Named("db", 97), .. AFleet.Named("cache", 3)]);

        fleet.Raise("load_average", "cache-001").After(1).Raise("mem_used_pct", "cache-002").After(1).Raise("disk_usage_pct", "cache-003");

        Assert.Equal(3, Assert.Single(fleet.Incidents).Servers.Length);
    }

    [Fact]
    public void An_unrelated_alert_beside_an_outage_is_an_incident_of_its_own() =>
        Assert.Equal([1, 40], new AFleet([.. AFleet.Named("web", 100), .. AFleet.Named("db", 100)])
            .Raise("load_average", AFleet.Named("web", 40)).After(2).Raise("disk_usage_pct", "db-017")
            .Incidents.Select(incident => incident.Servers.Length).Order());

    [Fact]
    public void A_server_that_was_in_trouble_before_takes_part_in_the_outage_with_its_new_alert_alone()
    {
        var fleet = new AFleet(AFleet.Named("web", 200)).Raise("disk_usage_pct", "web-001");
        var old = fleet.Incidents.Single().Id;

        fleet.After(600).Raise("load_average", AFleet.Named("web", 30));

        Assert.Equal(2, fleet.Incidents.Length);
        Assert.Equal(old, fleet.Alerts.Single(alert => alert.Metric == "disk_usage_pct").IncidentId);
        Assert.Equal(30, fleet.Incidents.Single(incident => incident.Id != old).Alerts.Length);
    }

    [Fact]
    public void An_outage_that_spreads_for_half_an_hour_stays_the_same_incident()
    {
        var fleet = new AFleet(AFleet.Named("web", 200)).Raise("load_average", AFleet.Named("web", 10));
        var id = Assert.Single(fleet.Incidents).Id;
        for (var wave = 1; wave < 15; wave++) fleet.After(2).Raise("load_average", AFleet.Named("web", 200).Skip(wave * 10).Take(10));

        Assert.Equal((id, 150), (Assert.Single(fleet.Incidents).Id, fleet.Incidents[0].Servers.Length));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Yesterdays_cascade_does_not_swallow_todays_outage_though_servers_are_in_both(int inBoth)
    {
        var fleet = new AFleet([.. AFleet.Named("web", 100), .. AFleet.Named("db", 97), .. AFleet.Named("cache", 3)]).Raise("disk_usage_pct", AFleet.Named("cache", 3));
        var old = Assert.Single(fleet.Incidents).Id;

        fleet.After(1440).Raise("load_average", [.. AFleet.Named("web", 40), .. AFleet.Named("cache", inBoth)]);

        Assert.Equal(2, fleet.Incidents.Length);
        Assert.Equal(3, fleet.Incidents.Single(incident => incident.Id == old).Alerts.Length);
        Assert.Equal(40 + inBoth, fleet.Incidents.Single(incident => incident.Id != old).Servers.Length);
    }

    [Fact]
    public void Over_a_restart_incidents_are_the_same()
    {
        var fleet = new AFleet([.. AFleet.Named("web", 100), .. AFleet.Named("db", 100)]).Raise("load_average", AFleet.Named("web", 20)).Raise("disk_usage_pct", "db-001");
        var before = fleet.Incidents.Select(Said).ToList();

        Assert.Equal(before, fleet.Restart().Incidents.Select(Said));
        Assert.Equal(before, fleet.After(30).Restart().Incidents.Select(Said));
    }

    [Fact]
    public void Whatever_is_raised_and_clears_an_alert_never_changes_its_incident_later_than_minutes_after_its_raise() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 5], Gen.Int[0, 12], Gen.Int[1, 12]).Array[1, 40].Sample(events =>
        {
            string[] metrics = ["mem_used_pct", "load_average", "disk_usage_pct"];
            var fleet = new AFleet([.. AFleet.Named("web", 12), .. AFleet.Named("db", 12)]);
            Dictionary<Guid, Guid> settled = [];
            foreach (var (kind, minutes, from, count) in events)
            {
                var names = AFleet.Named(from % 2 == 0 ? "web" : "db", 12).Skip(from).Take(count);
                fleet.After(minutes);
                if (kind == 3) fleet.Clear(names);
                else fleet.Raise(metrics[kind], names.Where(name => !fleet.Alerts.Any(alert => alert.Server == name && alert.Metric == metrics[kind])));
                if (count == 7) fleet.Restart();
                foreach (var alert in fleet.Alerts.Where(alert => fleet.Now - alert.StartedAt > TimeSpan.FromMinutes(5)))
                {
                    if (settled.TryGetValue(alert.Id, out var home)) Assert.Equal(home, alert.IncidentId);
                    settled[alert.Id] = alert.IncidentId;
                }
            }
        });

    private static string Said(AlertIncident incident) => $"{incident.Id} {incident.StartedAt:O} {incident.Severity} {string.Join(',', incident.Alerts)} {string.Join(',', incident.Servers)} {string.Join(',', incident.Absorbed)} {incident.Message}";
}
