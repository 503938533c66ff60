using TftPortal.Engine.Contract;

namespace TftPortal.Tests.Contract;

public class ModelCardTests
{
    [Fact]
    public void A_card_is_read_in_whole_sentences_without_commands_and_tables()
    {
        var card = ModelCard.Read(
            """
            # Card of the model `a`

            A network, 12 weights;
            one for **all** metrics.

            **Training**: 3 steps, seed 1. Made again by

                dotnet run

            **Data.** Two months.

            **Scores** of a week, printed by

            ```
            WQL .1
            ```
            """, "a");

        Assert.Equal("A network, 12 weights; one for all metrics.", card.Lead);
        Assert.Equal([("Training", "3 steps, seed 1."), ("Data", "Two months.")], card.Parts);
        Assert.Equal("a", card.Version);
    }
}
