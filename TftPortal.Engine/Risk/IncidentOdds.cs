namespace TftPortal.Engine.Risk;

/// <summary>
/// The probability of an incident within the hour, from two witnesses: the forecast, and what followed in the server's own week. Each is right where the other is blind:
/// the forecast does not know which server's bursts come to nothing, and the week does not know what it has never seen.
/// </summary>
internal static class IncidentOdds
{
    // logit = .. , fitted on Bitbrains, 25–31 July 2013, cpu ≥ 80: `Training -- incidents --fit`; docs/decisions/alerts.md has what it gives on August.
    private const double Forecast = .44, Week = .47, Constant = .59;
    private const double Least = 1e-4; // neither witness is ever surer than this

    /// <summary>The probability.</summary>
    /// <param name="forecast">What the forecast says (<see cref="Incident.Probability"/>), 0–1.</param>
    /// <param name="share">What followed in the week (<see cref="Precedents.Share"/>), 0–1.</param>
    /// <param name="known">How much of the week is known, 0–1: a server that is new is judged by its forecast alone.</param>
    public static double Probability(double forecast, double share, double known)
    {
        var both = (Forecast * Logit(forecast)) + (Week * Logit(share)) + Constant;
        return Logistic((known * both) + ((1 - known) * Logit(forecast)));
    }

    /// <summary>ln(p/(1 − p)), held within what a witness may say.</summary>
    public static double Logit(double probability)
    {
        var held = Math.Clamp(probability, Least, 1 - Least);
        return Math.Log(held / (1 - held));
    }

    /// <summary>The inverse of <see cref="Logit"/>.</summary>
    public static double Logistic(double logit) => 1 / (1 + Math.Exp(-logit));
}
