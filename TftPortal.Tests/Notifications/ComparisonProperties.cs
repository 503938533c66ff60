using CsCheck;
using TftPortal.Engine.Fleet;
using TftPortal.Notifications.Channels;
using TftPortal.Notifications.Concerns;

namespace TftPortal.Tests.Notifications;

/// <summary>Whatever comes and goes, in whatever order, and however many pictures are dropped between.</summary>
public sealed class ComparisonProperties
{
    private static readonly ATrouble[] Troubles = [.. Enumerable.Range(0, 4).Select(index => new ATrouble($"web-{index}") { Id = new(0, 0, 0, [0, 0, 0, 0, 0, 0, 0, (byte)(index + 1)]) })];

    // Made once: a picture's forecasts cost more than a thousand comparisons.
    private static readonly Concern?[][] Concerns = [.. Troubles.Select(trouble => Enumerable.Range(0, 8).Select(state => Of(state, trouble)).ToArray())];

    [Fact]
    public void Every_channel_hears_of_each_incident_one_beginning_then_one_end_and_nothing_outside_of_them() =>
        Gen.Int[0, 7].Array[4].Array[1, 30].Sample(pictures =>
        {
            var ops = new AComparison().Beside("boss")
                .To("ops", rules: rules => rules with { RepeatMinutes = 10, EscalateAfterMinutes = 12 }, escalateTo: "boss").To("ops").To("chat", ChannelKind.Slack);
            foreach (var picture in pictures)
            {
                ops.LookAt([.. picture.Select((state, index) => Concerns[index][state]).OfType<Concern>()]);
                ops.Now += TimeSpan.FromMinutes(3);
            }

            ops.LookAt();
            foreach (var of in ops.Said.Select(said => said.Split(": ")).GroupBy(said => (Channel: said[0], Concern: said[1].Split(' ')[1])))
            {
                var open = false;
                var worse = 0;
                foreach (var step in of.Select(said => said[1].Split(' ')[0]))
                {
                    if (step == "raised" == open) return false; // twice, or something before it
                    if (step == "raised") (open, worse) = (true, 0);
                    if (step == "escalated" && ++worse > 1) return false;
                    if (step == "resolved") open = false;
                }

                if (open) return false;
            }

            return true;
        }, iter: 2000);

    private static Concern? Of(int state, ATrouble trouble) => state < 2 ? null : IncidentConcerns.Of(ATrouble.Picture(1, AnOutlook.Noon, state switch
    {
        2 => trouble with { Severity = AlertSeverity.Critical },
        3 => trouble with { TakenBy = "anna" },
        4 => trouble with { IsSilenced = true },
        _ => trouble,
    })).Single();
}
